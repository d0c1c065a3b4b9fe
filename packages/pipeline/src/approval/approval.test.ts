import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { madeVerdict } from "../testing/made-verdict.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { approvalEnvironment, approvalText } from "./approval-text.ts";
import { type ApprovalPorts, approvalView } from "./approval-view.ts";
import { checkStillLive } from "./still-live.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "approval-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const digest = (digit: string) => `sha256:${digit.repeat(64)}` as Digest;
const sha = (digit: string) => digit.repeat(40);

function verdictOf(part: Partial<Verdict> = {}): Verdict {
  const candidate = { evaluation: digest("a"), model: digest("c"), sha: sha("c") };
  return madeVerdict({ verdict: "pass", candidate, ...part });
}

async function ports(more: Partial<ApprovalPorts> = {}) {
  const warnings: string[] = [];
  const workspace = await nodeWorkspace(folder);
  const messages = { info: () => undefined, warn: (text: string) => warnings.push(text) };
  return { warnings, workspace, given: { workspace, hashing, messages, links: {}, ...more } };
}

const deployed = (outcome: string, environment = "production") =>
  JSON.stringify({
    kind: "metricgate/deployment@1",
    model: { name: "m", digest: digest("d") },
    source: { sha: sha("d") },
    approval: { kind: "none" },
    target: { type: "directory", to: "/srv", environment },
    action: "promote",
    previous: digest("e"),
    smoke: [],
    outcome,
  });

describe("what is live", () => {
  test.each([
    ["active", { known: "not-compared", digest: digest("d"), sha: sha("d") }],
    ["rolled-back", { known: "not-compared", digest: digest("e") }],
  ])("is what the deployment record that ended %s says, where no platform is asked", async (outcome, live) => {
    const { given, workspace } = await ports();
    await workspace.write(".metricgate/m/deployment.json", deployed(outcome));
    expect((await approvalView("production", { model: "m", verdict: verdictOf() }, given)).live).toEqual(live);
  });

  test("is not known without a record, with one of another environment, and when the platform refuses", async () => {
    const { given, workspace } = await ports();
    const liveOf = async (more: Partial<ApprovalPorts> = {}) =>
      (await approvalView("production", { model: "m", verdict: verdictOf() }, { ...given, ...more })).live;
    expect(await liveOf()).toMatchObject({ known: "unknown", why: expect.stringContaining("no record") });
    await workspace.write(".metricgate/m/deployment.json", deployed("active", "staging"));
    expect(await liveOf()).toMatchObject({ known: "unknown", why: expect.stringContaining("staging") });
    const liveIn = () => Promise.reject(new Error("403: add deployments: read"));
    expect(await liveOf({ liveIn })).toEqual({ known: "unknown", why: "403: add deployments: read" });
    expect(await liveOf({ liveIn: async () => undefined })).toEqual({ known: "none" });
  });

  test("that the verdict compared with comes from its documents, and no platform is asked", async () => {
    const { given } = await ports({ liveIn: () => Promise.reject(new Error("nobody asks")) });
    const baseline = { evaluation: digest("f"), sha: sha("1"), from: "deployed:production" };
    const view = await approvalView("production", { model: "m", verdict: verdictOf({ baseline }) }, given);
    expect(view.live).toEqual({ known: "compared", side: "baseline", sha: sha("1") });
    const other = await approvalView("staging", { model: "m", verdict: verdictOf({ baseline }) }, given);
    expect(other.live).toEqual({ known: "unknown", why: "nobody asks" });
  });
});

test("what cannot be found out about the code is a warning and is left out", async () => {
  const liveIn = async () => ({ sha: sha("d"), modelDigest: digest("d") });
  const { given, warnings } = await ports({ liveIn, between: () => Promise.reject(new Error("no network")) });
  const view = await approvalView("production", { model: "m", verdict: verdictOf() }, given);
  expect(view.code).toBeUndefined();
  expect(warnings).toEqual(["The code since the live version is not shown: no network"]);
});

test("pinned packages are read at both commits, from the files that differ only", async () => {
  const files: Record<string, string> = {
    [`requirements.txt@${sha("d")}`]: "a==1\n",
    [`requirements.txt@${sha("c")}`]: "a==2\n",
  };
  const asked: string[] = [];
  const { given } = await ports({
    liveIn: async () => ({ sha: sha("d"), modelDigest: digest("d") }),
    between: async () => ({ commits: [], total: 1, files: ["requirements.txt", "a.py"], complete: true }),
    fileAt: async (path, at) => {
      asked.push(`${path}@${at}`);
      return new TextEncoder().encode(files[`${path}@${at}`] ?? "");
    },
  });
  const view = await approvalView("production", { model: "m", verdict: verdictOf() }, given);
  expect(view.pins).toEqual([{ name: "a", before: "1", after: "2" }]);
  expect(asked).toEqual(Object.keys(files));
});

test("more models than a summary holds are counted", async () => {
  const { given } = await ports();
  const models = Array.from({ length: 100 }, (_, at) => ({ model: `m${at}`, verdict: verdictOf({ model: `m${at}` }) }));
  const text = await approvalText("production", models, given);
  const shown = text.split("## Approve").length - 1;
  expect(shown).toBeGreaterThan(5);
  expect(text.length).toBeLessThan(46_000);
  expect(text).toContain(`${100 - shown} more to approve`);
});

test.each([
  [undefined, undefined],
  ["false", undefined],
  ["true", "production"],
  ["staging", "staging"],
])("approval-summary: %s is the environment %s", (given, environment) => {
  expect(approvalEnvironment(given)).toBe(environment);
});

describe("a verdict that compared with what was live", () => {
  const evaluation = (model: Digest | undefined) =>
    JSON.stringify({
      kind: "metricgate/evaluation@1",
      model: { name: "m", ...(model === undefined ? {} : { digest: model }) },
      source: {},
      metrics: [],
    });
  const check = async (
    live: Digest | undefined,
    from = "deployed:production",
    judged: Digest | undefined = digest("d"),
  ) => {
    const { workspace } = await ports();
    await workspace.write(".metricgate/m/anchor.json", evaluation(judged));
    const verdict = verdictOf({ anchor: { evaluation: digest("f"), from } });
    return checkStillLive(verdict, "production", live, { workspace, hashing });
  };

  test("holds while that is live, and when the candidate itself is live already", async () => {
    await expect(check(digest("d"))).resolves.toBeUndefined();
    await expect(check(digest("c"))).resolves.toBeUndefined();
  });

  test("is refused when something else or nothing is live now", async () => {
    for (const live of [digest("9"), undefined])
      await expect(check(live)).rejects.toMatchObject({ problems: [{ code: "live-changed" }] });
  });

  test("of another environment, or without a model digest, is not held against it", async () => {
    await expect(check(digest("9"), "deployed:staging")).resolves.toBeUndefined();
    await expect(check(digest("9"), "tag:v2.0")).resolves.toBeUndefined();
  });
});
