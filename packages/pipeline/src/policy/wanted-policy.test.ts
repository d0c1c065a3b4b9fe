import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "@metricgate/core/ports/change";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { wantedPolicy } from "./wanted-policy.ts";

const of = (model: string) => `version: 1\nmodels: { ${model}: { gates: [{ metric: accuracy }] } }\n`;
const base = "1".repeat(40);
const sha = "2".repeat(40);

let folder = "";
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "wanted-policy-")));
  mkdirSync(join(folder, "ci"));
  writeFileSync(join(folder, "ci/here.yml"), of("here"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The models of the policy that is found, and the commits that were asked for it. */
async function found(policy: string, change: Partial<Change> = {}, there?: string) {
  const asked: string[] = [];
  const wanted = await wantedPolicy(
    { policy },
    {
      workspace: await nodeWorkspace(folder),
      messages: { info: () => undefined, warn: () => undefined },
      change: { event: "push", recordsBaseline: true, sha, base: { branch: "main", sha: base }, ...change },
      policyAt: async (path, ref) => {
        asked.push(`${path} at ${ref}`);
        return there === undefined ? undefined : new TextEncoder().encode(of(there));
      },
    },
  );
  return { models: Object.keys(wanted?.policy.models ?? {}), asked };
}

const pull = { event: "pull_request", recordsBaseline: false };

describe("the policy of a verb that judges nothing", () => {
  test("is the work tree's, and nobody else is asked", async () => {
    expect(await found("ci/here.yml", pull, "there")).toEqual({ models: ["here"], asked: [] });
  });

  test.each([".github/metricgate.yml", "./.github//metricgate.yml", "the absolute path"])(
    "may be absent at the default path, written as %s",
    async (path) => {
      const policy = path.startsWith("the") ? join(folder, ".github/metricgate.yml") : path;
      expect(await found(policy, pull, "there")).toEqual({ models: [], asked: [] });
    },
  );

  test.each([
    ["of a pull request at its base", pull, base],
    ["of a push at its commit", {}, sha],
    ["on a laptop at the commit of the work tree", { event: "local", recordsBaseline: false }, sha],
  ])("that was named and is not here is looked for where gate looks: %s", async (_, change, ref) => {
    expect(await found("./ci/other.yml", change, "there")).toEqual({
      models: ["there"],
      asked: [`ci/other.yml at ${ref}`],
    });
  });

  test("of a change without a base is looked for at the tested commit", async () => {
    const change = { event: "schedule", recordsBaseline: false, base: { branch: "main" } };
    expect(await found("ci/other.yml", change, "there")).toEqual({
      models: ["there"],
      asked: [`ci/other.yml at ${sha}`],
    });
  });

  test("that was named and is nowhere is refused with the file", async () => {
    await expect(found("ci/../ci/other.yml", pull)).rejects.toMatchObject({
      problems: [{ code: "policy-missing", text: "there is no policy ci/other.yml", where: { file: "ci/other.yml" } }],
    });
  });
});
