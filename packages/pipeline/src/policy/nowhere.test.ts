import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { policyNowhere } from "./nowhere.ts";

const base = "1".repeat(40);
const sha = "2".repeat(40);

let folder = "";
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "nowhere-")));
  mkdirSync(join(folder, "ci"));
  writeFileSync(join(folder, "ci/here.yml"), "version: 1\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of a policy that these commits have. */
async function said(policy: string, commits: readonly string[] = []) {
  const asked: string[] = [];
  const found = await policyNowhere(policy, {
    workspace: await nodeWorkspace(folder),
    change: { event: "pull_request", recordsBaseline: false, sha, base: { branch: "main", sha: base } },
    policyAt: async (path, ref) => {
      asked.push(`${path} at ${ref[0]}`);
      return commits.includes(ref) ? new Uint8Array(1) : undefined;
    },
  });
  return { problems: found?.problems.map(({ code, where }) => `${code} ${where?.file}`), asked };
}

describe("a policy that was named", () => {
  test("and is in the work tree is there, and nobody else is asked", async () => {
    expect(await said("ci/here.yml")).toEqual({ asked: [] });
  });

  test.each([
    ["the base", base],
    ["the tested commit, which may be what brings it", sha],
  ])("and is at %s is there, in a job without a checkout", async (_, commit) => {
    expect((await said("ci/other.yml", [commit])).problems).toBeUndefined();
  });

  test("and is at none of them is nowhere", async () => {
    expect(await said("./ci/../ci/other.yml")).toEqual({
      problems: ["policy-missing ci/other.yml"],
      asked: ["ci/other.yml at 1", "ci/other.yml at 2"],
    });
  });

  test.each([".github/metricgate.yml", "./.github//metricgate.yml"])(
    "as the default %s may be absent",
    async (path) => {
      expect(await said(path)).toEqual({ asked: [] });
    },
  );
});
