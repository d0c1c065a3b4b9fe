import { failureOf } from "@metricgate/core/errors/failure";
import { closest } from "@metricgate/core/inputs/closest";
import { logLine, logText } from "@metricgate/report/escape/log-text";
import type { Terminal } from "./command.ts";
import { commands } from "./command-list.ts";
import { columns } from "./local/columns.ts";
import { consoleMessages, wantsColour } from "./local/console-messages.ts";
import { helpOf } from "./usage.ts";
import { version } from "./version.ts";

/**
 * Runs one verb and returns the exit code: 0 pass or warn, 1 fail, 2 invalid input or policy, 3 could not be done.
 * @param worker the script of a second thread
 */
export async function main(argv: readonly string[], worker?: URL): Promise<number> {
  const [name, ...rest] = argv;
  // Before anything else is loaded, so that large files are read by both threads from the start.
  const startThread =
    worker === undefined || (name !== "compare" && name !== "evaluate")
      ? undefined
      : (await import("./local/thread-starter.ts")).threadStarter(worker, name, rest, process.cwd());
  const colour = wantsColour(process.stdout, process.env);
  const terminal: Terminal = {
    // Names, labels and paths in it are anybody's: on a terminal they could be sequences, in a CI job's log commands.
    out: (text) => process.stdout.write(logText(text, colour)),
    environment: process.env,
    folder: process.cwd(),
    colour,
    messages: consoleMessages(process.stderr, wantsColour(process.stderr, process.env)),
    ...(startThread === undefined ? {} : { startThread }),
  };
  if (name === "--version" || name === "-v") {
    terminal.out(`${version}\n`);
    return 0;
  }
  const known = Object.keys(commands);
  const load =
    name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name as keyof typeof commands];
  if (load === undefined) {
    const asked = name === undefined || name === "help" || name === "--help" || name === "-h";
    const near = asked ? undefined : closest(name, known);
    if (!asked)
      process.stderr.write(
        `there is no verb ${logLine(JSON.stringify(name))}.${near === undefined ? "" : ` Did you mean \`${near}\`?`}\n\n`,
      );
    const text = await help();
    if (asked) terminal.out(text);
    else process.stderr.write(text);
    return asked && name !== undefined ? 0 : 2;
  }
  try {
    const command = await load();
    if (rest.includes("--help") || rest.includes("-h")) {
      terminal.out(helpOf(name ?? "", command));
      return 0;
    }
    return await command.run(rest, terminal);
  } catch (thrown) {
    const failure = failureOf(thrown);
    for (const { code, text, next, where } of failure.problems) {
      const at = where?.file ?? where?.url;
      const place =
        at === undefined
          ? ""
          : `${at}${where?.line === undefined ? "" : `:${where.line}${where.column === undefined ? "" : `:${where.column}`}`}: `;
      process.stderr.write(`${logLine(`${place}${text.replace(/\.$/, "")}. ${next} [${code}]`)}\n`);
    }
    if (process.env.RUNNER_DEBUG === "1" && thrown instanceof Error) process.stderr.write(logText(`${thrown.stack}\n`));
    return failure.exitCode;
  }
}

async function help(): Promise<string> {
  const verbs = Object.entries(commands).map(async ([name, load]) => {
    return [`  metricgate ${name}`, (await load()).summary];
  });
  const lines = columns(await Promise.all(verbs));
  return `metricgate ${version}: from pull request to production\n\n${lines}\n\`metricgate VERB --help\` lists the flags of a verb.\nExit codes: 0 pass or warn, 1 fail, 2 invalid input or policy, 3 could not be done.\n`;
}
