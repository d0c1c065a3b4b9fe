import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { writeDocument } from "../chain/write-document.ts";
import { madeVerdict } from "../testing/made-verdict.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { modelReports } from "./model-reports.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const verdictOf = (model: string, verdict: "pass" | "fail") => madeVerdict({ model, verdict });

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
