import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "@metricgate/core/ports/change";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { findPolicy } from "./find-policy.ts";

const path = ".github/metricgate.yml";
const base = "1".repeat(40);
const entry = (model: string, floor: number) =>
  `  ${model}:\n    gates:\n      - { metric: accuracy, min: ${floor} }\n`;
const policy = (...entries: string[]) => `version: 1\nmodels:\n${entries.join("")}`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-"));
  mkdirSync(join(folder, ".github"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function found(
  model: string,
  here: string | undefined,
  atBase: string | undefined,
  event = "pull_request",
  maxDrop?: string,
) {
  if (here !== undefined) writeFileSync(join(folder, path), here);
  const change: Change = {
    event,
    sha: "2".repeat(40),
    recordsBaseline: event === "push",
    base: { branch: "main", sha: base },
  };
  const asked: string[] = [];
  const choice = await findPolicy({ policy: path, "max-drop": maxDrop }, model, {
    workspace: await nodeWorkspace(folder),
    hashing,
    messages: { info: () => undefined, warn: () => undefined },
    change,
    policyAt: async (_, ref) => {
      asked.push(ref);
      return atBase === undefined ? undefined : new TextEncoder().encode(atBase);
    },
  });
  const min = choice.policy?.models[model]?.gates[0]?.min;
  return { min, asked, ...choice.found, baseModels: choice.baseModels, modelsHere: choice.modelsHere };
}

describe("whose policy judges", () => {
  test("a pull request is judged by its base's policy, and a change of it is shown", async () => {
    const choice = await found("m", policy(entry("m", 0.1)), policy(entry("m", 0.9)));
    expect(choice).toMatchObject({ min: 0.9, changedHere: true, advisory: false, ref: base, asked: [base] });
  });

  test("where the base has none, the change's own judges, as advice", async () => {
    expect(await found("m", policy(entry("m", 0.1)), undefined)).toMatchObject({
      min: 0.1,
      advisory: true,
      baseModels: [],
    });
  });

  test("a model that the base's policy does not name is judged by the change's entry inside the base's frame, as advice", async () => {
    const here = `${policy(entry("old", 0.1), entry("new", 0.5))}on-missing-baseline: warn\n`;
    const choice = await found("new", here, `${policy(entry("old", 0.9))}on-missing-baseline: fail\n`);
    expect(choice).toMatchObject({ min: 0.5, advisory: true, baseModels: ["old"], modelsHere: ["old", "new"] });
    const { policy: judging } = await composed(here, `${policy(entry("old", 0.9))}on-missing-baseline: fail\n`);
    expect(judging).toMatchObject({ "on-missing-baseline": "fail" });
  });

  test("a push is judged by its own policy, without asking", async () => {
    expect(await found("m", policy(entry("m", 0.1)), policy(entry("m", 0.9)), "push")).toMatchObject({
      min: 0.1,
      advisory: false,
      asked: [],
    });
  });

  test("no policy anywhere", async () => {
    const choice = await found("m", undefined, undefined);
    expect(choice).toMatchObject({ changedHere: false, advisory: false, modelsHere: [] });
    expect(choice.min).toBeUndefined();
  });

  test.each(["pull_request", "push", "local"])(
    "a file that was named must be at the base or here (%s)",
    async (event) => {
      const change: Change = {
        event,
        sha: base,
        recordsBaseline: event === "push",
        base: { branch: "main", sha: base },
      };
      const messages = { info: () => undefined, warn: () => undefined };
      const ports = { workspace: await nodeWorkspace(folder), hashing, messages, change };
      const named = { policy: "ci/policy.yml" };
      await expect(findPolicy(named, "m", { ...ports, policyAt: async () => undefined })).rejects.toMatchObject({
        problems: [{ code: "policy-missing", where: { file: "ci/policy.yml" } }],
      });
      const policyAt = async () => new TextEncoder().encode(policy(entry("m", 0.9)));
      expect((await findPolicy(named, "m", { ...ports, policyAt })).policy).toBeDefined();
    },
  );
});

describe("the margin without a policy", () => {
  const both = (choice: Awaited<ReturnType<typeof found>>) => [choice.maxDrop, choice.maxDropDefault];

  test.each(["pull_request", "push", "local"])("is the default where none is given (%s)", async (event) => {
    expect(both(await found("m", undefined, undefined, event))).toEqual(["1%", true]);
  });

  test.each([
    ["0.02", "0.02"],
    ["1%", "1%"],
    ["none", undefined],
  ])("%s is what was asked for, and no default", async (given, kept) => {
    expect(both(await found("m", undefined, undefined, "pull_request", given))).toEqual([kept, undefined]);
  });

  test.each([
    [undefined, undefined],
    ["none", undefined],
    ["0.02", "0.02"],
  ])("is not looked for where a policy judges: %s stays %s", async (given, kept) => {
    const text = policy(entry("m", 0.1));
    expect(both(await found("m", undefined, text, "pull_request", given)), "the base's").toEqual([kept, undefined]);
    expect(both(await found("m", text, undefined, "pull_request", given)), "a proposed one").toEqual([kept, undefined]);
    expect(both(await found("other", text, text, "push", given)), "of another model").toEqual([kept, undefined]);
  });
});

async function composed(here: string, atBase: string) {
  writeFileSync(join(folder, path), here);
  const change: Change = { event: "pull_request", recordsBaseline: false, base: { branch: "main", sha: base } };
  const workspace = await nodeWorkspace(folder);
  const messages = { info: () => undefined, warn: () => undefined };
  const policyAt = async () => new TextEncoder().encode(atBase);
  return findPolicy({ policy: path }, "new", { workspace, hashing, messages, change, policyAt });
}
