import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { afterEach, expect, test } from "vitest";
import { writeDocument } from "../chain/write-document.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { modelReports } from "./model-reports.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const verdictOf = (model: string, verdict: "pass" | "fail"): Verdict => ({
  kind: "metricgate/verdict@1",
  model,
  verdict,
  candidate: { evaluation: `sha256:${"1".repeat(64)}` },
  selection: `sha256:${"2".repeat(64)}`,
  policy: { changedHere: false, advisory: false },
  gates: [],
  ungated: [],
  counts: { pass: 0, fail: 0, inconclusive: 0, incomparable: 0, missing: 0, skipped: 0, waived: 0 },
});

test("a verdict given twice is one model; two that differ are refused with both files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "metricgate-reports-"));
  folders.push(folder);
  const workspace = await nodeWorkspace(folder, "refuse");
  await writeDocument(workspace, "a.json", verdictOf("m", "pass"), hashing);
  await writeDocument(workspace, "copy.json", verdictOf("m", "pass"), hashing);
  await writeDocument(workspace, "other.json", verdictOf("m", "fail"), hashing);
  await writeDocument(workspace, "n.json", verdictOf("n", "fail"), hashing);
  const ports = { workspace, hashing };
  const models = await modelReports(["a.json", "a.json", "copy.json", "n.json"], ports);
  expect(models.map(({ model }) => model)).toEqual(["m", "n"]);
  await expect(modelReports(["a.json", "other.json"], ports)).rejects.toMatchObject({
    problems: [
      {
        code: "verdict-doubled",
        text: expect.stringContaining("a.json and other.json"),
        where: { file: "other.json" },
      },
    ],
  });
});
