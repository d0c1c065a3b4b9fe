import type { Engine } from "@metricgate/core/ports/engine";
import { localEngine } from "@metricgate/engines/local/local-engine";

/** The local engine with the command's output on our stderr, and Ctrl-C passed on to it. */
export function terminalEngine(): Engine {
  return localEngine({
    output: { begin: () => undefined, write: (bytes) => process.stderr.write(bytes), end: () => undefined },
    signals: {
      on(listener) {
        const listeners = (["SIGINT", "SIGTERM"] as const).map((signal) => [signal, () => listener(signal)] as const);
        for (const [signal, call] of listeners) process.on(signal, call);
        return () => {
          for (const [signal, call] of listeners) process.off(signal, call);
        };
      },
    },
    environment: process.env,
  });
}
