import type { Policy } from "../policy/schema.ts";
import { anyMatches } from "./path-glob.ts";

/** The files that a change touches, old names of renamed ones among them; `complete` is false when there may be more. */
export interface TouchedFiles {
  paths: readonly string[];
  complete: boolean;
}

/** One model of the policy, whether the change can have changed it, and why. */
export interface Planned {
  model: string;
  changed: boolean;
  because: string;
}

/**
 * Which models of a policy a change can have changed, in the policy's order. A model without `paths` changes with everything, and so does every model
 * with a change of the policy file, with a list of files that may not be whole, and where no list is known.
 */
export function planModels(policy: Policy, policyPath: string, touched: TouchedFiles | undefined): Planned[] {
  return Object.entries(policy.models).map(([model, { paths }]) => ({ model, ...answer(paths, policyPath, touched) }));
}

function answer(paths: readonly string[] | undefined, policyPath: string, touched: TouchedFiles | undefined) {
  if (touched === undefined) return { changed: true, because: "it is not known which files changed" };
  if (paths === undefined) return { changed: true, because: "the policy gives it no paths" };
  const hit = touched.paths.find((path) => anyMatches(paths, path));
  if (hit !== undefined) return { changed: true, because: `${hit} changed` };
  if (touched.paths.includes(policyPath)) return { changed: true, because: `the policy ${policyPath} changed` };
  if (!touched.complete) return { changed: true, because: "more files changed than are listed" };
  return { changed: false, because: "no file of its paths changed" };
}

/** The touched files that `protect` guards; all of them when the list may not be whole. */
export function protectedPaths(policy: Pick<Policy, "protect">, touched: TouchedFiles | undefined): string[] {
  const { protect } = policy;
  if (protect === undefined) return [];
  if (touched === undefined) return ["(the files are not known)"];
  const hits = touched.paths.filter((path) => anyMatches(protect, path));
  return touched.complete ? hits : [...hits, "(more files than are listed)"];
}
