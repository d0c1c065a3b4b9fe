import { isAbsolute, relative } from "node:path";
import { normalPath } from "@metricgate/core/plan/repository-path";

/** A path as it is written from the workspace's root: an absolute one too, and one of another spelling. Nothing is looked up, and no link followed. */
export function workspacePath(root: string, path: string): string {
  return normalPath(isAbsolute(path) ? relative(root, path) : path);
}
