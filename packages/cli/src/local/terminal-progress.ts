import type { Progress } from "@metricgate/core/ports/progress";
import { shownProgress } from "@metricgate/pipeline/progress/shown-progress";
import { logLine } from "@metricgate/report/escape/log-text";

/** What the spinner of the library can do, as far as we use it. */
interface Spinner {
  text: string;
  start(): unknown;
  stop(): unknown;
}

/** Where progress goes: `makeSpinner` loads the library, and `now` is a clock in milliseconds. */
export interface ProgressTerminal {
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">;
  environment: Record<string, string | undefined>;
  now(): number;
  makeSpinner(): Promise<Spinner>;
}

/**
 * Progress of work over two seconds: a line on a terminal that is written again, a plain line every ten seconds in the log of a CI job, and
 * nothing at all in a pipe, where undefined is returned.
 */
export function terminalProgress({ stream, environment, now, makeSpinner }: ProgressTerminal): Progress | undefined {
  const inJob = (environment.CI ?? "") !== "" || environment.GITHUB_ACTIONS === "true";
  const after = 2000;
  if (inJob)
    return shownProgress({
      now,
      after,
      every: 10_000,
      show: (text) => stream.write(`${logLine(text)}\n`),
      hide: () => undefined,
    });
  if (stream.isTTY !== true || environment.TERM === "dumb") return undefined;
  return shownProgress({ now, after, every: 100, ...spinnerLine(makeSpinner) });
}

/** One line that spins. The library comes with the first text; what ended before it came is not shown. */
function spinnerLine(makeSpinner: ProgressTerminal["makeSpinner"]): { show(text: string): void; hide(): void } {
  let spinner: Spinner | undefined;
  let loading = false;
  let wanted: string | undefined;
  return {
    show(text) {
      wanted = text;
      if (spinner !== undefined) {
        spinner.text = logLine(text);
        spinner.start();
        return;
      }
      if (loading) return;
      loading = true;
      // Progress that cannot be shown is none: the work goes on.
      void makeSpinner().then(
        (made) => {
          spinner = made;
          if (wanted === undefined) return;
          made.text = logLine(wanted);
          made.start();
        },
        () => undefined,
      );
    },
    hide() {
      wanted = undefined;
      spinner?.stop();
    },
  };
}

/** The progress of this process, on stderr. */
export function processProgress(environment: Record<string, string | undefined>): Progress | undefined {
  return terminalProgress({
    stream: process.stderr,
    environment,
    now: () => performance.now(),
    makeSpinner: async () => (await import("yocto-spinner")).default({ stream: process.stderr }),
  });
}
