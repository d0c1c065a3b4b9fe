import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { report } from "./report.ts";

test("a crash on the base branch does not claim that a baseline was recorded", async () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  try {
    let summary = "";
    await report(
      { verdict: [] },
      {
        workspace: await nodeWorkspace(folder),
        hashing,
        messages: { info: () => {}, warn: () => {} },
        change: { event: "push", recordsBaseline: true, base: { branch: "main" } },
        links: {},
        publisher: {
          summary: async (markdown) => {
            summary = markdown;
          },
          explain: () => "",
        },
        crashed: [{ model: "bird-strike", crashed: { step: "evaluate", text: "out of luck" } }],
      },
    );
    expect(summary).toContain("did not finish");
    expect(summary).not.toContain("Recorded");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
