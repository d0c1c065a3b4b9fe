import { localEngine } from "../../packages/engines/src/local/local-engine.ts";
import { describeEngine } from "./engine.suite.ts";

type Signal = "SIGINT" | "SIGTERM";

describeEngine("local", (environment) => {
  const chunks: Buffer[] = [];
  const listeners = new Set<(signal: Signal) => void>();
  const engine = localEngine({
    environment,
    output: {
      begin: () => undefined,
      write: (bytes) => void chunks.push(Buffer.from(bytes)),
      end: () => undefined,
    },
    signals: {
      on(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  });
  return {
    engine,
    signal: (name) => {
      for (const listener of listeners) listener(name);
    },
    shown: () => Buffer.concat(chunks).toString("utf8"),
    listeners: () => listeners.size,
  };
});
