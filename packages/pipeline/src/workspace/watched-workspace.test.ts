import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "@metricgate/core/ports/progress";
import { listModelFiles } from "@metricgate/targets/list-model-files";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeWorkspace } from "./node-workspace.ts";
import { watchedWorkspace } from "./watched-workspace.ts";

let folder = "";
const large = Buffer.alloc(9_000_000, "row\n");
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "watched-"));
  writeFileSync(join(folder, "large.csv"), large);
  writeFileSync(join(folder, "small.csv"), "id\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function log() {
  const seen: (string | number)[] = [];
  const progress: Progress = {
    begin(what, total) {
      seen.push(what, total);
      let sum = 0;
      return {
        advance: (bytes) => {
          sum += bytes;
        },
        end: () => seen.push(sum, "end"),
      };
    },
  };
  return { seen, progress };
}

test("a large file gives the same bytes and tells how far it is; a small one tells nothing", async () => {
  const { seen, progress } = log();
  const workspace = watchedWorkspace(await nodeWorkspace(folder), progress);
  for (const name of ["small.csv", "large.csv"]) {
    const parts: Buffer[] = [];
    for await (const chunk of (await workspace.open(name)).stream()) parts.push(Buffer.from(chunk));
    expect(Buffer.concat(parts).equals(name === "large.csv" ? large : Buffer.from("id\n"))).toBe(true);
  }
  expect(seen).toEqual(['reading "large.csv"', 9_000_000, 9_000_000, "end"]);
  expect(Buffer.from(await (await workspace.open("large.csv")).slice(0, 4)).toString()).toBe("row\n");
});

test("a reader that stops early ends the progress too", async () => {
  const { seen, progress } = log();
  const workspace = watchedWorkspace(await nodeWorkspace(folder), progress);
  for await (const _ of (await workspace.open("large.csv")).stream()) break;
  expect(seen.at(-1)).toBe("end");
});

test("hashing a model tells its bytes over all files", async () => {
  const { seen, progress } = log();
  const files = await listModelFiles(folder, progress);
  expect(files).toEqual(await listModelFiles(folder));
  expect(seen).toEqual(["hashing the model", 9_000_003, 9_000_003, "end"]);
});
