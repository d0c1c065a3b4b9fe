import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import { readPolicy } from "@metricgate/formats/policy/read-policy";
import { problemOf } from "@metricgate/formats/testing/problem-of";
import { measureFiles } from "@metricgate/pipeline/evaluate/measure-files";
import { nodeWorkspace } from "@metricgate/pipeline/workspace/node-workspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Terminal } from "../command.ts";
import { checkCommand } from "./check.ts";
import { initCommand } from "./init.ts";

let folder = "";
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const terminal = (): Terminal => {
  const say = (text: string) => void said.push(text);
  const silent = (): void => undefined;
  const messages = { info: say, warn: say, error: say, notice: say, debug: silent, output: silent };
  return { out: say, environment: {}, folder, colour: false, messages };
};
const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const text = (path: string): string => readFileSync(join(folder, path), "utf8");
const exampleText = (name: string): string => metricFormats.find((one) => one.name === name)?.example.text ?? "";

/** Runs init and check, and measures by the policy that init wrote. */
async function started() {
  expect(await initCommand.run(["--model", "fraud"], terminal())).toBe(0);
  expect(await checkCommand.run([], terminal())).toBe(0);
  return measuredByPolicy();
}

async function measuredByPolicy() {
  const { policy } = readPolicy(text(".github/metricgate.yml"), "policy");
  const model = policy?.models.fraud;
  const measured = await measureFiles(model?.metrics ?? [], { workspace: await nodeWorkspace(folder) });
  return { gates: model?.gates ?? [], files: model?.metrics ?? [], metrics: measured?.metrics ?? [] };
}

describe("metricgate init", () => {
  it.each(metricFormats.filter(({ usual }) => usual.length > 0).map((format) => [format.name, format] as const))(
    "finds the example of %s by content, and the policy passes check and matches what is measured",
    async (name, { example }) => {
      write(example.path, example.text ?? Buffer.from(example.base64 ?? "", "base64"));
      if (name === "dvc-yaml") write("metrics.json", '{"test": {"accuracy": 0.93}}');
      const { gates, metrics } = await started();
      expect(said.join("\n")).toContain(`(${name})`);
      expect(gates.length).toBeGreaterThan(0);
      for (const { metric } of gates)
        expect(
          metrics.some((one) => one.name === metric && one.value !== undefined),
          metric,
        ).toBe(true);
    },
  );

  it("takes the newest of numbered runs, and passes over files with the same metrics", async () => {
    const log = "epoch,step,val_acc\n0,1,0.5\n1,2,0.6\n";
    for (const version of [9, 10, 2]) write(`lightning_logs/version_${version}/metrics.csv`, log);
    const { files } = await started();
    expect(files).toEqual(["lightning_logs/version_10/metrics.csv"]);
    expect(said.join("\n")).toContain("version_9/metrics.csv (lightning-csv) was passed over");
  });

  it("names a file so that the next run's is found too", async () => {
    write("out/m/results_2026-11-20T15-02-00.json", exampleText("lm-eval"));
    const { files } = await started();
    expect(files).toEqual(["out/m/results_*.json"]);
    rmSync(join(folder, "out/m/results_2026-11-20T15-02-00.json"));
    write("out/m/results_2026-11-21T09-00-00.json", exampleText("lm-eval"));
    const { metrics } = await measuredByPolicy();
    expect(metrics.map(({ name }) => name)).toContain("hellaswag.acc");
  });

  it("gates no metric of the run, of the training data, of a slice, without a value or of unknown direction; remarks name the last", async () => {
    write("out/metrics.json", '{"accuracy": 0.9, "train_loss": 1, "epoch": 3, "oddity": 2, "loss": NaN, "errors": 0}');
    const { gates } = await started();
    expect(gates).toEqual(
      [
        { metric: "accuracy", "max-drop": "1%" },
        { metric: "errors", "max-rise": 0.01 },
      ].map((gate) => expect.objectContaining({ metric: gate.metric })),
    );
    expect(text(".github/metricgate.yml")).toContain('#   - { metric: "oddity"');
  });

  it("metrics of which nobody knows the direction lead to the policy that says it, which reads", async () => {
    write("out/metrics.json", '{"foo": 1}');
    const refused = await problemOf(() => initCommand.run([], terminal()));
    expect(refused.code).toBe("no-metrics");
    const [, models] = /`(models: .*)`/.exec(refused.next) ?? [];
    const { policy } = readPolicy(`version: 1\n${models}\n`, "policy");
    expect(policy?.models.model?.gates).toMatchObject([{ metric: "foo", direction: "up", "max-drop": "1%" }]);
  });

  it.each([
    [{ "train.py": "", "evaluate.py": "", "requirements.txt": "" }, "python train.py && python evaluate.py"],
    [{ "dvc.yaml": "stages: {}\n" }, "dvc repro"],
    [{ "train.mjs": "" }, "node train.mjs"],
    [{}, "Put the commands here"],
  ] as const)("the workflow runs what lies in the repository: %j", async (files, command) => {
    write("out/metrics.json", '{"accuracy": 0.9}');
    for (const [path, content] of Object.entries(files)) if (path !== "dvc.yaml") write(path, content);
    if ("dvc.yaml" in files) write("dvc.yaml", "metrics:\n  - other.json\n");
    await started();
    const workflow = text(".github/workflows/model-gate.yml");
    expect(workflow).toContain(command);
    expect(workflow.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
    const parsed = parse(workflow);
    expect(parsed.jobs.gate.steps.at(-1)).toMatchObject({ uses: "OWNER/metricgate@v1", with: { model: "fraud" } });
    expect(parsed.on.push.branches).toEqual(["main"]);
  });

  it("paths that hold characters of patterns are matched as they are", async () => {
    write("out/a (1)/metrics[x].json", '{"accuracy": 0.9}');
    const { metrics } = await started();
    expect(metrics).toHaveLength(1);
  });
});
