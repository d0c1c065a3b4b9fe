import type { Problem } from "../errors/user-error.ts";

/** Leads from the top of the file to a key or a value. */
export type PolicyPath = (string | number)[];

/** A problem of a policy that its schema cannot see; `path` leads to the key in the file, `model` is absent when it is nobody's alone. */
export interface PolicyProblem extends Problem {
  model?: string;
  path: PolicyPath;
}

/** Collects a problem: where, what is wrong, and one fix. */
export type Report = (path: PolicyPath, text: string, next: string) => void;
