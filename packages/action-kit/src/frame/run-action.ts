import { error as annotateError, debug, setOutput, summary } from "@actions/core";
import { logLine } from "@metricgate/report/escape/log-text";
import { z } from "zod";
import { readInputs } from "../inputs/read-inputs.ts";
import { failureSummary } from "./failure-summary.ts";
import { stepFailure } from "./step-failure.ts";

/** What an action's main returns: outputs by name, and the exit code that follows from its verdict. */
export interface ActionResult {
  outputs: Record<string, string | undefined>;
  exitCode?: number;
}

/**
 * The frame of every action: reads the inputs, runs `main`, writes the outputs, and owns failure.
 * The exit code is 0, 1 for a failed verdict, 2 for bad input, 3 for what could not be done; `status` says the same in a word.
 */
export async function runAction<S extends z.ZodObject>(
  name: string,
  schema: S,
  main: (inputs: z.output<S>) => Promise<ActionResult>,
): Promise<void> {
  // A step parses each of its schemas once or twice: compiling them first costs 10 ms and is never earned back.
  z.config({ jitless: true });
  try {
    const { outputs, exitCode } = await main(readInputs(schema, process.env));
    for (const [output, value] of Object.entries(outputs)) if (value !== undefined) setOutput(output, value);
    setOutput("status", "ok");
    process.exitCode = exitCode ?? 0;
  } catch (thrown) {
    const failure = await stepFailure(thrown);
    for (const problem of failure.problems) {
      const at =
        problem.where?.file === undefined
          ? {}
          : {
              file: problem.where.file,
              ...(problem.where.line === undefined ? {} : { startLine: problem.where.line }),
            };
      annotateError(logLine(`${problem.text.replace(/\.$/, "")}. ${problem.next} [${problem.code}]`), {
        title: `metricgate ${name}`,
        ...at,
      });
    }
    if (thrown instanceof Error) debug(thrown.stack ?? thrown.message);
    setOutput("status", failure.status);
    await summary
      .addRaw(failureSummary(name, failure))
      .write()
      .catch(() => undefined);
    process.exitCode = failure.exitCode;
  }
}
