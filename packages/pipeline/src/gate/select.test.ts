import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Selection } from "@metricgate/core/documents/selection";
import type { BaselineLookup, BaselineQuery, BaselineStore, HistoryQuery } from "@metricgate/core/ports/baseline-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../chain/read-document.ts";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { gate } from "./gate.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "select-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const hex = (digit: string) => digit.repeat(40);
const base = { branch: "main", sha: hex("b") };
const evaluation = (value: number, more: object = {}) => {
  const metrics = [
    { name: "accuracy", value, direction: "up" },
    { name: "accuracy", slice: { region: "north" }, value: 0.1 },
    { name: "latency_ms", value: 10, direction: "down" },
  ];
  return JSON.stringify({ kind: "metricgate/evaluation@1", model: { name: "m" }, source: {}, metrics, ...more });
};
const bytes = (text: string) => new TextEncoder().encode(text);
const miss = (why: "none" | "expired" | "unavailable", found = "nothing"): BaselineLookup => ({
  found: false,
  why,
  tried: [{ from: "tag:v*", found }],
  known: ["m"],
});
const hit = (from: "base" | "tag:v*", text: string): BaselineLookup => ({
  found: true,
  from,
  sha: hex("a"),
  files: { evaluation: bytes(text) },
  tried: [{ from, found: "a record" }],
  known: ["m"],
});

/** Gates in a new folder; the store answers by the first place asked for. */
async function selected(
  policy: object,
  answers: Record<string, BaselineLookup> = {},
  past?: BaselineStore["history"],
  candidate = evaluation(0.9),
) {
  const folder = await mkdtemp(join(root, "job-"));
  await writeFile(join(folder, "candidate.json"), candidate);
  await writeFile(join(folder, "policy.yml"), JSON.stringify({ version: 1, ...policy }));
  const asked: BaselineQuery[] = [];
  const ports = {
    workspace: await nodeWorkspace(folder),
    hashing,
    messages: { info: () => undefined, warn: () => undefined },
    change: { event: "local", recordsBaseline: false, base },
    store: {
      name: "branch" as const,
      find: async (query: BaselineQuery) => {
        asked.push(query);
        return answers[query.from[0] ?? ""] ?? hit("base", evaluation(0.9));
      },
      record: async () => ({ written: false, where: "nowhere" }),
      ...(past === undefined ? {} : { history: past }),
    },
  };
  const result = await gate({ policy: "policy.yml", candidate: "candidate.json" }, ports);
  const { document } = await readDocument(ports.workspace, "selection", ".metricgate/m/selection.json", hashing);
  const again = await gate({ policy: "", from: ".metricgate/m" }, ports);
  expect(again.verdict.digest).toBe(result.verdict.digest);
  return { selection: document, asked, ports };
}

const gates = [{ metric: "accuracy", "max-drop": 0.01 }];
const models = { m: { gates } };
const anchored = { baseline: { anchor: "tag:v*" }, models };

describe("the second baseline", () => {
  it("is not looked for when the policy names none", async () => {
    const { selection, asked } = await selected({ models });
    expect(asked.map(({ from }) => from)).toEqual([["base", "ancestor", "latest"]]);
    expect(selection).not.toHaveProperty("anchor");
    expect(selection).not.toHaveProperty("anchorMissing");
  });

  it("is found, named, and kept beside the baseline, so that the same files give the same verdict", async () => {
    const { selection, ports, asked } = await selected(anchored, { "tag:v*": hit("tag:v*", evaluation(0.95)) });
    expect(asked.map(({ from }) => from)).toEqual([["base", "ancestor", "latest"], ["tag:v*"]]);
    expect(selection.anchor).toMatchObject({ from: "tag:v*", sha: hex("a") });
    const kept = await readDocument(ports.workspace, "evaluation", ".metricgate/m/anchor.json", hashing);
    expect(kept.digest).toBe(selection.anchor?.evaluation);
  });

  it.each<[string, BaselineLookup, string]>([
    ["there is none", miss("none", "no tag matches v*"), "baseline-missing"],
    ["it has expired", miss("expired"), "baseline-expired"],
    ["the store did not answer", miss("unavailable"), "store-unavailable"],
    ["it cannot be read", hit("tag:v*", "[]"), "baseline-unreadable"],
  ])("when %s: it says why and what was tried, and no anchor of an earlier try stays", async (_, answer, code) => {
    const { selection, ports } = await selected(anchored, { "tag:v*": answer });
    expect(selection.anchorMissing).toMatchObject({ code, tried: answer.tried });
    expect(selection).not.toHaveProperty("anchor");
    expect(await ports.workspace.exists(".metricgate/m/anchor.json")).toBe(false);
  });

  it("that was changed after the selection is refused", async () => {
    const { ports } = await selected(anchored, { "tag:v*": hit("tag:v*", evaluation(0.95)) });
    await ports.workspace.write(".metricgate/m/anchor.json", evaluation(0.5));
    await expect(gate({ policy: "", from: ".metricgate/m" }, ports)).rejects.toThrow(/anchor\.json/);
  });
});

describe("the past", () => {
  const asking = (window?: number) => ({
    models: { m: { gates: [{ metric: "acc*", history: window === undefined ? {} : { window } }, ...gates] } },
  });
  const record = (digit: string, text: string) => ({ sha: hex(digit), evaluation: bytes(text) });
  const codes = ({ notes }: Selection) => notes?.map(({ code }) => code) ?? [];

  it("is not looked up when no gate asks", async () => {
    const { selection } = await selected({ models }, {}, () => Promise.reject(new Error("it was asked")));
    expect(selection).not.toHaveProperty("history");
  });

  it("holds the values that the gates name, on all rows, oldest first, for the largest window", async () => {
    const asked: HistoryQuery[] = [];
    const at = "2026-11-01T12:00:00Z";
    const past = async (query: HistoryQuery) => {
      asked.push(query);
      return [record("1", evaluation(0.8, { source: { committedAt: at } })), record("2", evaluation(0.85))];
    };
    const { selection } = await selected(asking(30), {}, past);
    expect(asked).toEqual([{ model: "m", branch: "main", base: base.sha, window: 30 }]);
    expect(selection.history).toEqual([
      { sha: hex("1"), committedAt: at, evaluation: expect.stringMatching(/^sha256:/), values: { accuracy: 0.8 } },
      { sha: hex("2"), evaluation: expect.stringMatching(/^sha256:/), values: { accuracy: 0.85 } },
    ]);
    await selected(asking(), {}, past);
    expect(asked.at(-1)?.window).toBe(20);
  });

  it("leaves out what cannot be read and what was measured on other data, and says so", async () => {
    const other = { evalSet: { digest: `sha256:${"4".repeat(64)}` } };
    const past = async () => [record("1", "{"), record("2", evaluation(0.8, other)), record("3", evaluation(0.85))];
    const { selection } = await selected(asking(), {}, past);
    expect(selection.history?.map(({ sha }) => sha)).toEqual([hex("3")]);
    expect(codes(selection)).toEqual(expect.arrayContaining(["history-unreadable", "history-other-eval-set"]));
  });

  it("is told to be missing where the store keeps none", async () => {
    const { selection } = await selected(asking());
    expect(selection).not.toHaveProperty("history");
    expect(selection.notes).toContainEqual({
      code: "history-not-kept",
      text: "This store keeps no history; gates with `history` need `store: branch`.",
    });
  });
});
