import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";

/** Bytes of what a job downloads: the archive of a commit without what .gitattributes leaves out, gzipped. */
export function downloadSize(commit: string): number {
  return gzipSync(execFileSync("git", ["archive", "--format=tar", commit], { maxBuffer: 1 << 30 })).length;
}
