import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareCommand } from "./compare.ts";

let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "changed-")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Table {
  scored?: readonly string[];
  rows?: number;
  /** The prediction of row 3. */
  odd?: string;
  /** The label of row 7 is the other one. */
  relabelled?: true;
}

function tableOf({ scored = ["cat", "dog"], rows = 300, odd, relabelled }: Table): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const right = n % 2 === 0 ? "cat" : "dog";
    const other = n % 2 === 0 ? "dog" : "cat";
    const scores = scored.map((name) => (name === right ? "0.75" : "0.25"));
    const prediction = n === 3 && odd !== undefined ? odd : right;
    return [n, n === 7 && relabelled ? other : right, prediction, ...scores].join(",");
  });
  const header = ["id", "label", "prediction", ...scored.map((name) => `score:${name}`)].join(",");
  return `${[header, ...lines].join("\n")}\n`;
}

/** The verdict on a table against the whole one, by a policy with these keys of the model. */
async function judged(candidate: Table, keys = "") {
  await writeFile(join(folder, "before.csv"), tableOf({}));
  await writeFile(join(folder, "after.csv"), tableOf(candidate));
  const gates = "    gates: [{ metric: accuracy, max-drop: 0.05 }, { metric: log_loss, max-rise: 0.05 }]\n";
  await writeFile(join(folder, "p.yml"), `version: 1\nmodels:\n  model:\n${keys}${gates}`);
  const out: string[] = [];
  await compareCommand.run(["before.csv", "after.csv", "--policy", "p.yml", "--json"], {
    out: (text) => out.push(text),
    environment: {},
    folder,
    colour: false,
    messages: { info: () => undefined, warn: () => undefined },
  });
  return JSON.parse(out.join(""));
}

const reasonOf = (
  verdict: { gates: { metric: string; reasons: { text: string; next: string }[] }[] },
  metric: string,
) => verdict.gates.find((gate) => gate.metric === metric)?.reasons[0];

describe("a metric of the usual set that a table no longer gives says why", () => {
  it.each<[string, Table, string]>([
    ["the scores of a class are gone", { scored: ["cat"] }, "no column has the scores of the class dog"],
    ["a prediction is of an unseen class", { odd: "bird" }, "no column has the scores of the class bird"],
  ])("%s", async (_, table, why) => {
    expect(reasonOf(await judged(table), "log_loss")?.text).toContain(why);
  });
});

describe("a table whose rows changed", () => {
  it.each<[string, Table, string]>([
    ["a row is gone", { rows: 299 }, "0 rows only in the candidate, 1 row only in the baseline"],
    ["a label is another", { relabelled: true }, "The labels differ in 1 row of 300"],
  ])("%s: is incomparable, and counted", async (_, table, counts) => {
    const reason = reasonOf(await judged(table), "accuracy");
    expect(reason).toMatchObject({ code: "eval-set-changed", text: expect.stringContaining(counts) });
    expect(reason?.next).toMatch(/accept-eval-set: sha256:[0-9a-f]{64}/);
  });

  it("is compared on the rows in common, or unpaired, where the policy asks for it", async () => {
    const common = await judged({ rows: 299 }, "    pairing: intersection\n");
    expect(common.gates.map(({ outcome, n }: { outcome: string; n: number }) => [outcome, n])).toEqual([
      ["pass", 299],
      ["pass", 299],
    ]);
    const apart = await judged({ rows: 299 }, "    pairing: none\n");
    expect(apart.counts.incomparable).toBe(0);
  });
});
