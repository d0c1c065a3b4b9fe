import { describe, expect, it } from "vitest";
import { loadRepository } from "../servers/double/seed.ts";
import { keep } from "./kept.ts";
import { gatedProject, policyOf, said } from "./project.ts";

const label = (id: number) => (id % 2 === 0 ? "no" : "yes");
/** Four hundred rows from `first` on, of which the first `wrong` are predicted wrongly. */
const table = (wrong: number, first = 0) =>
  `id,label,prediction\n${Array.from({ length: 400 }, (_, id) => {
    return `r${first + id},${label(id)},${id < wrong ? label(id + 1) : label(id)}\n`;
  }).join("")}`;
const rowsPolicy = (more = "") => `version: 1
${more}models:
  m:
    predictions: { path: p.csv, positive: "yes" }
    compute: [accuracy]
    gates: [{ metric: accuracy, max-drop: 0.01 }]
`;

describe("a re-run whose loss shows only row by row", () => {
  it("stays failed: the first attempt's rows are at hand", async () => {
    const here = keep(await gatedProject({}, rowsPolicy(), { files: { "p.csv": table(40) } }));
    const pull = here.proposed({ number: 1, base: here.base, files: { "p.csv": table(48) } });
    const one = await here.step("review", {}, pull.event, { run: { id: 501, attempt: 1 } });
    here.freshJob();
    here.write({ "p.csv": table(40) });
    const two = await here.step("review", {}, pull.event, { run: { id: 501, attempt: 2 } });
    expect([one.outputs.verdict, two.outputs.verdict, two.exitCode], said(two)).toEqual(["fail", "fail", 1]);
    expect(two.summary).toContain("earlier attempt on this commit failed");
  });
});

describe("an anchor", () => {
  it("catches small losses that add up, from a tag, and is not asked for where the policy names none", async () => {
    const policy = policyOf(["{ metric: accuracy, max-drop: 0.02 }"], 'baseline: { anchor: "tag:v*" }\n');
    const here = keep(await gatedProject({ accuracy: 0.9 }, policy));
    here.git("tag", "v1.0", here.base);
    loadRepository(here.double.world, here.folder);
    here.git("checkout", "--quiet", "--force", "-B", "main", here.base);
    here.write({ "metrics.json": '{"accuracy": 0.885}' });
    const next = here.commit("A little worse");
    const { event, run } = here.pushed(next, here.base);
    await here.step("review", {}, event, { run: { id: run } });
    here.freshJob();
    const pull = here.proposed({ number: 1, base: next, files: { "metrics.json": '{"accuracy": 0.87}' } });
    const result = await here.step("review", {}, pull.event, { run: { id: 601 } });
    expect([result.outputs.verdict, result.exitCode], said(result)).toEqual(["fail", 1]);
    const selection = JSON.parse(here.read(".metricgate/m/selection.json"));
    expect(selection).toMatchObject({ baseline: { sha: next }, anchor: { sha: here.base, from: "tag:v*" } });
    expect(result.outputs["failed-gates"]).toContain("anchor");
  });
});

describe("baseline-run", () => {
  it("compares both versions on today's data when the eval set has changed", async () => {
    const files = {
      "p.csv": table(40),
      "data.csv": "old",
      "predict.sh": "cp today.csv p.csv\n",
      "today.csv": table(40),
    };
    const here = keep(await gatedProject({}, rowsPolicy(), { files }));
    const changed = { "p.csv": table(40, 1000), "data.csv": "new", "today.csv": table(40, 1000) };
    const pull = here.proposed({ number: 1, base: here.base, files: changed });
    const inputs = { "eval-set": "data.csv\ntoday.csv" };
    const without = await here.step("review", inputs, pull.event, { run: { id: 701 } });
    expect([without.outputs.verdict, without.exitCode], said(without)).toEqual(["fail", 1]);
    here.freshJob();
    const again = { ...inputs, "baseline-run": "bash predict.sh" };
    const result = await here.step("review", again, pull.event, { run: { id: 702 } });
    expect([result.outputs.verdict, result.exitCode], said(result)).toEqual(["pass", 0]);
    expect(result.outputs["baseline-sha"]).toBe(here.base);
    const selection = JSON.parse(here.read(".metricgate/m/selection.json"));
    expect(selection.baseline.from).toBe(`remeasured:${here.base}`);
    expect(here.git("worktree", "list").split("\n")).toHaveLength(1);
  });
});

describe("training runs", () => {
  it("of train become the repeats of evaluate", async () => {
    const here = keep(await gatedProject({}, rowsPolicy(), { files: { "p.csv": table(40) } }));
    const script = 'mkdir -p out/run-$METRICGATE_RUN; cp p-$METRICGATE_SEED.csv "out/run-$METRICGATE_RUN/p.csv"\n';
    const seeds = Object.fromEntries([3, 5, 8].map((seed) => [`p-${seed}.csv`, table(40 + seed)]));
    const pull = here.proposed({ number: 1, base: here.base, files: { "train.sh": script, ...seeds } });
    const run = { run: { id: 801 } };
    const train = { run: "bash train.sh", seeds: "3,5,8", path: "out/run-{run}", model: "m" };
    const trained = await here.step("train", train, pull.event, run);
    expect(trained.exitCode, said(trained)).toBe(0);
    const inputs = { predictions: "out/run-1/p.csv", repeats: "out/run-*/p.csv" };
    const evaluated = await here.step("evaluate", inputs, pull.event, run);
    expect(evaluated.exitCode, said(evaluated)).toBe(0);
    const { metrics, rows } = JSON.parse(here.read(".metricgate/m/evaluation.json"));
    expect(metrics[0].repeats).toEqual([357 / 400, 355 / 400, 352 / 400]);
    expect(rows.repeats).toHaveLength(2);
    here.freshJob();
    const gated = await here.step("gate", {}, pull.event, run);
    expect(gated.outputs.verdict, said(gated)).not.toBe("");
    expect(here.exists(".metricgate/m/rows-3.csv")).toBe(true);
  });
});
