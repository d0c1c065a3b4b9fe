import type { Problem, Where } from "./user-error.ts";

/** Something outside could not be reached or refused us (network, engine, target): exit code 3. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
  readonly problems: readonly Problem[];

  constructor(code: string, text: string, next: string, where?: Where, cause?: unknown) {
    super(text, cause === undefined ? undefined : { cause });
    this.problems = [{ code, text, next, ...(where === undefined ? {} : { where }) }];
  }
}
