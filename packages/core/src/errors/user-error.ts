/** Where a problem lies: a file with line and column, or a URL. */
export interface Where {
  file?: string;
  line?: number;
  column?: number;
  url?: string;
}

/** One thing that is wrong: a stable code, the cause in one sentence, and the next step. */
export interface Problem {
  code: string;
  text: string;
  next: string;
  where?: Where;
}

/** Input or a policy that cannot be used: exit code 2. Carries every problem found, not just the first. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly problems: readonly Problem[];

  constructor(code: string, text: string, next: string, where?: Where, others: readonly Problem[] = []) {
    super(text);
    this.problems = [{ code, text, next, ...(where === undefined ? {} : { where }) }, ...others];
  }
}

/** Joins problems into one error. @throws RangeError when there are none */
export function userErrorOf(problems: readonly Problem[]): UserError {
  const [first, ...others] = problems;
  if (first === undefined) throw new RangeError("an error needs a problem");
  return new UserError(first.code, first.text, first.next, first.where, others);
}
