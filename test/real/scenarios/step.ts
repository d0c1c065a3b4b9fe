import type { ActRun } from "../act-log.ts";

/** How the main or post part of a step ended: `success`, `failure`, `skipped`; undefined when it never ran. */
export const stepResult = (run: ActRun, step: string, stage = "Main"): string | undefined =>
  run.steps.find((one) => one.step === step && one.stage === stage)?.result;

/** The outputs of one job, the last value of each. */
export const outputsOf = (run: ActRun, job: string): Record<string, string> =>
  Object.fromEntries(run.outputs.filter((one) => one.job === job).map(({ name, value }) => [name, value]));

/** Messages of one level, in their order. */
export const messagesOf = (run: ActRun, level: string): string[] =>
  run.annotations.filter((one) => one.level === level).map(({ message }) => message);
