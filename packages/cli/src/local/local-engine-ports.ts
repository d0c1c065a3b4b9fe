import type { Engine } from "@metricgate/core/ports/engine";
import { localEngine } from "@metricgate/engines/local/local-engine";
import { processSignals } from "@metricgate/engines/local/process-signals";

/** The local engine with the command's output on our stderr, and Ctrl-C passed on to it. */
export function terminalEngine(): Engine {
  return localEngine({
    output: { begin: () => undefined, write: (bytes) => process.stderr.write(bytes), end: () => undefined },
    signals: processSignals,
    environment: process.env,
  });
}
