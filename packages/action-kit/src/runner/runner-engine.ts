import { randomUUID } from "node:crypto";
import type { Engine } from "@metricgate/core/ports/engine";
import { localEngine } from "@metricgate/engines/local/local-engine";
import { processSignals } from "@metricgate/engines/local/process-signals";
import { stopCommandsSink } from "@metricgate/engines/local/stop-commands";

/** The local engine in a runner: the command's output inside stop-commands, the runner's signals passed on to its whole group. */
export function runnerEngine(): Engine {
  return localEngine({
    output: stopCommandsSink((chunk) => process.stdout.write(chunk), randomUUID()),
    signals: processSignals,
    environment: process.env,
  });
}
