import { jsonTree } from "../json/json-tree.ts";
import type { Tree } from "../tree/tree.ts";
import type { MetricFile } from "./metric-format.ts";
import { type Refuse, refusals } from "./refuse.ts";

/** A JSON file as a tree, and its refusals. @throws UserError as `foldJson` */
export async function readJsonFile(file: MetricFile): Promise<{ root: Tree; refuse: Refuse; name: string }> {
  const text = await file.text();
  const { name } = file.source;
  return { root: jsonTree(text, name), refuse: refusals(text, name), name };
}
