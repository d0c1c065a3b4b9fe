import { randomUUID } from "node:crypto";
import type { Engine } from "@metricgate/core/ports/engine";
import { localEngine } from "@metricgate/engines/local/local-engine";
import { stopCommandsSink } from "@metricgate/engines/local/stop-commands";

/** The local engine in a runner: the command's output inside stop-commands, the runner's signals passed on to its whole group. */
export function runnerEngine(): Engine {
  return localEngine({
    output: stopCommandsSink((chunk) => process.stdout.write(chunk), randomUUID()),
    signals: {
      on(listener) {
        const calls = (["SIGINT", "SIGTERM"] as const).map((signal) => [signal, () => listener(signal)] as const);
        for (const [signal, call] of calls) process.on(signal, call);
        return () => {
          for (const [signal, call] of calls) process.off(signal, call);
        };
      },
    },
    environment: process.env,
  });
}
