import type { PolicyProblem } from "@metricgate/core/policy/policy-problem";
import type { ReadYaml } from "../yaml/read-yaml.ts";
import type { PolicyProblem as PlacedProblem } from "./read-policy.ts";

/** A problem with the line and column of its key, else of the nearest thing around it that stands in the file. */
export function placed({ path, ...problem }: PolicyProblem, read: ReadYaml, file: string): PlacedProblem {
  const key = typeof path.at(-1) === "string" ? read.keyPositionOf(path) : undefined;
  for (let length = path.length; key === undefined && length > 0; length--) {
    const found = read.positionOf(path.slice(0, length));
    if (found !== undefined) return { ...problem, where: { file, ...found } };
  }
  return { ...problem, where: { file, ...key } };
}
