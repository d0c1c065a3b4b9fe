import { type Problem, UserError } from "@metricgate/core/errors/user-error";

/** The first problem that a call is refused with; anything but a UserError is passed on, and no refusal is an error. */
export async function problemOf(call: () => unknown): Promise<Problem> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [first] = error.problems;
    if (first !== undefined) return first;
  }
  throw new Error("nothing was refused");
}
