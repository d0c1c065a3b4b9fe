import { getState, saveState } from "@actions/core";
import type { z } from "zod";

/** A value that main saves and the post step loads. The runner hands it over as text, so it is validated again. */
export function stepState<S extends z.ZodType>(
  schema: S,
): { save(value: z.output<S>): void; load(): z.output<S> | undefined } {
  return {
    save: (value) => saveState("step", JSON.stringify(value)),
    load: () => {
      const text = getState("step");
      return text === "" ? undefined : schema.parse(JSON.parse(text));
    },
  };
}

/** Whether this is the post step. The first call, in main, marks it; the same file serves both. */
export function isPost(): boolean {
  if (getState("post") === "true") return true;
  saveState("post", "true");
  return false;
}
