import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { documentText } from "../chain/write-document.ts";
import type { Parallel } from "../ports/parallel.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { compare } from "./compare.ts";
import { measureTable } from "./measure-table.ts";

const rows = 140_000;
const metrics = ["accuracy", "f1", "roc_auc", "log_loss"];
let folder = "";

/** More than four megabytes of rows, so that a thread is worth it. */
function table(shift: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const label = (n * 7919) % 10 < 3 ? 1 : 0;
    const score = (((n * 104_729) % 1009) / 1009 + label * shift) / (1 + shift);
    return `r${String(n).padStart(8, "0")},${label},${score},${score >= 0.5 ? 1 : 0}`;
  });
  return `id,label,score,prediction\n${lines.join("\n")}\n`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compare-"));
  writeFileSync(join(folder, "before.csv"), table(0.5));
  writeFileSync(join(folder, "after.csv"), table(0.6));
  writeFileSync(join(folder, "broken.csv"), `${table(0.6)}one,two\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a thread does: only plain data comes out of it. */
async function elsewhere(): Promise<Parallel & { measured: string[] }> {
  const workspace = await nodeWorkspace(folder);
  const measured: string[] = [];
  return {
    measured,
    async measureTable(request) {
      measured.push(request.path);
      const table = await measureTable(structuredClone(request), { workspace, hashing });
      if (table === undefined) throw new Error(`${request.path} is no table`);
      return structuredClone(table);
    },
  };
}

async function verdict(candidate: string, parallel?: Parallel): Promise<string> {
  const workspace = await nodeWorkspace(folder);
  const change = { event: "local", recordsBaseline: false };
  const messages = { info: () => {}, warn: () => {} };
  const request = { policy: ".github/metricgate.yml", compute: metrics, "max-drop": "1%" };
  const ports = { workspace, hashing, messages, change, ...(parallel === undefined ? {} : { parallel }) };
  return documentText(await compare("before.csv", candidate, request, ports));
}

it("gives the same bytes with one side measured in another thread", async () => {
  const parallel = await elsewhere();
  const [alone, together] = [await verdict("after.csv"), await verdict("after.csv", parallel)];
  expect(parallel.measured).toEqual(["after.csv"]);
  expect(together).toBe(alone);
  const { gates } = JSON.parse(alone).verdict;
  expect(gates.filter(({ interval }: { interval?: unknown }) => interval !== undefined)).toHaveLength(metrics.length);
});

it("says the same of a table that cannot be read", async () => {
  const problem = { problems: [{ code: "row-ragged", where: { file: "broken.csv", line: rows + 2 } }] };
  await expect(verdict("broken.csv")).rejects.toMatchObject(problem);
  await expect(verdict("broken.csv", await elsewhere())).rejects.toMatchObject(problem);
});
