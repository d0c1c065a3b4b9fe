import type { SignalSource } from "./signal-source.ts";

/** The signals that this process itself gets: a runner's cancellation, Ctrl-C at a terminal. */
export const processSignals: SignalSource = {
  on(listener) {
    const calls = (["SIGINT", "SIGTERM"] as const).map((signal) => [signal, () => listener(signal)] as const);
    for (const [signal, call] of calls) process.on(signal, call);
    return () => {
      for (const [signal, call] of calls) process.off(signal, call);
    };
  },
};
