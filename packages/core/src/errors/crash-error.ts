import type { Problem } from "./user-error.ts";

/** The user's own command failed or was interrupted: exit code 3, and never a verdict. */
export class CrashError extends Error {
  override readonly name = "CrashError";
  readonly problems: readonly Problem[];
  /** The end of the command's output. */
  readonly tail: string;

  constructor(code: string, text: string, next: string, tail: string) {
    super(text);
    this.problems = [{ code, text, next }];
    this.tail = tail;
  }
}
