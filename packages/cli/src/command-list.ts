import type { Command } from "./command.ts";

/** Every verb, loaded when it is used. */
export const commands = {
  init: async (): Promise<Command> => (await import("./commands/init.ts")).initCommand,
  check: async (): Promise<Command> => (await import("./commands/check.ts")).checkCommand,
  train: async (): Promise<Command> => (await import("./commands/train.ts")).trainCommand,
  evaluate: async (): Promise<Command> => (await import("./commands/evaluate.ts")).evaluateCommand,
  gate: async (): Promise<Command> => (await import("./commands/gate.ts")).gateCommand,
  compare: async (): Promise<Command> => (await import("./commands/compare.ts")).compareCommand,
  plan: async (): Promise<Command> => (await import("./commands/plan.ts")).planCommand,
  history: async (): Promise<Command> => (await import("./commands/history.ts")).historyCommand,
  report: async (): Promise<Command> => (await import("./commands/report.ts")).reportCommand,
  deploy: async (): Promise<Command> => (await import("./commands/deploy.ts")).deployCommand,
  manifest: async (): Promise<Command> => (await import("./commands/manifest.ts")).manifestCommand,
  formats: async (): Promise<Command> => (await import("./commands/formats.ts")).formatsCommand,
  schema: async (): Promise<Command> => (await import("./commands/schema.ts")).schemaCommand,
};
