import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { committed, copyOfExample, interrupted, measured, run } from "./quick-start-project.ts";
import { accuracy, recall, rocAuc, rowsOf, share } from "./strike-table.ts";

const table = (name: string) => rowsOf(readFileSync(join(committed, "data", name), "utf8"));
const baseline = measured();
const before = rowsOf(baseline.predictions);

describe("the data set", () => {
  it("holds 10,000 strikes, each in one of the two files only", () => {
    const train = table("train.csv");
    const held = table("eval.csv");
    expect([train.length, held.length]).toEqual([4942, 5058]);
    expect(new Set([...train, ...held].map((row) => row.id)).size).toBe(10_000);
    expect(
      statSync(join(committed, "data/train.csv")).size + statSync(join(committed, "data/eval.csv")).size,
    ).toBeLessThan(1_000_000);
  });

  it("has damage in about a tenth of the strikes, on both sides of the split", () => {
    for (const name of ["train.csv", "eval.csv"]) {
      const damaged = share(table(name), (row) => row.damage === "damage");
      expect(damaged).toBeGreaterThan(0.09);
      expect(damaged).toBeLessThan(0.12);
    }
  });

  it("is refused by the derive script when the source is another table", () => {
    const copy = copyOfExample();
    try {
      writeFileSync(join(copy.folder, "other.csv"), "a,b\n1,2\n");
      const { status, stderr } = run(copy.folder, process.execPath, "data/derive.mjs", "other.csv");
      expect(status).toBe(2);
      expect(stderr).toContain("another table");
    } finally {
      copy.remove();
    }
  });
});

describe("train and evaluate", () => {
  it("write the same bytes on every run", () => {
    expect(measured()).toEqual(baseline);
  }, 60_000);

  it("write one prediction per held-out strike, with its label and slices", () => {
    const held = table("eval.csv");
    expect(Object.keys(before[0] ?? {})).toEqual(["id", "label", "score", "prediction", "operator_class", "phase"]);
    expect(before.map(({ id, label, operator_class, phase }) => ({ id, label, operator_class, phase }))).toEqual(
      held.map(({ id, damage, operator_class, phase }) => ({ id, label: damage, operator_class, phase })),
    );
    for (const { score } of before) expect(score).toMatch(/^0\.\d{6}$/);
  });

  it("write plain numbers about the model", () => {
    expect(JSON.parse(baseline.metrics)).toEqual({
      features: 5,
      training_rows: 4942,
      model_size_kb: Buffer.byteLength(baseline.model) / 1000,
      inspected_share: Number(share(before, (row) => row.prediction === "damage").toFixed(6)),
    });
  });

  it("make a model that is far better than chance and differs by slice", () => {
    expect(rocAuc(before)).toBeGreaterThan(0.78);
    const military = accuracy(before, (row) => row.operator_class === "military");
    const business = accuracy(before, (row) => row.operator_class === "business");
    expect(military - business).toBeGreaterThan(0.3);
  });
});

describe("a change of one line in params.json", () => {
  it("makes the model worse by dropping the size of the animal", () => {
    const after = rowsOf(measured({ features: ["phase", "operator", "speed", "time_of_day"] }).predictions);
    expect(recall(after) - recall(before)).toBeLessThan(-0.1);
    expect(rocAuc(after) - rocAuc(before)).toBeLessThan(-0.05);
  }, 60_000);

  it("hides a loss in one slice by dropping the operator", () => {
    const after = rowsOf(measured({ features: ["wildlife_size", "phase", "speed", "time_of_day"] }).predictions);
    const military = (row: Record<string, string>) => row.operator_class === "military";
    expect(accuracy(after) - accuracy(before)).toBeGreaterThan(-0.015);
    expect(accuracy(after, military) - accuracy(before, military)).toBeLessThan(-0.2);
  }, 60_000);

  it("makes the model better by adding the species", () => {
    const features = ["wildlife_size", "phase", "operator", "speed", "time_of_day", "wildlife_species"];
    const after = rowsOf(measured({ features }).predictions);
    expect(recall(after) - recall(before)).toBeGreaterThan(0.02);
    expect(rocAuc(after) - rocAuc(before)).toBeGreaterThan(0.01);
  }, 60_000);
});

describe("a training that is interrupted", () => {
  const epochs = 300;

  it.each([
    ["SIGTERM", 143, (epoch: unknown) => `SIGTERM: saved after epoch ${epoch};`],
    ["SIGINT", 130, (epoch: unknown) => `SIGINT: saved after epoch ${epoch};`],
    ["SIGKILL", null, () => "epoch 3/"],
  ] as const)(
    "goes on after %s from the last whole epoch to the same bytes",
    async (signal, status, says) => {
      const straight = copyOfExample({ epochs });
      const broken = copyOfExample({ epochs });
      try {
        expect(run(straight.folder, process.execPath, "train.mjs").status).toBe(0);
        const { code, output } = await interrupted(broken.folder, "train.mjs", "epoch 3/", signal);
        expect(code).toBe(status);
        expect(() => broken.read("model/model.json")).toThrow("ENOENT");
        const saved: unknown = JSON.parse(broken.read("checkpoint/state.json")).epoch;
        expect(saved).toBeGreaterThanOrEqual(3);
        expect(saved).toBeLessThan(epochs);
        expect(output).toContain(says(saved));
        const again = run(broken.folder, process.execPath, "train.mjs");
        expect(again.stdout).toContain(`resumed after epoch ${saved}`);
        expect(broken.read("model/model.json")).toBe(straight.read("model/model.json"));
        expect(broken.read("checkpoint/state.json")).toBe(straight.read("checkpoint/state.json"));
      } finally {
        straight.remove();
        broken.remove();
      }
    },
    60_000,
  );

  it("does not take up a checkpoint of other parameters", () => {
    const copy = copyOfExample();
    try {
      mkdirSync(join(copy.folder, "checkpoint"));
      writeFileSync(
        join(copy.folder, "checkpoint/state.json"),
        JSON.stringify({ key: "other", epoch: 29, weights: {}, squares: {} }),
      );
      const { status, stdout } = run(copy.folder, process.execPath, "train.mjs");
      expect(status).toBe(0);
      expect(stdout).toContain("starting anew");
    } finally {
      copy.remove();
    }
  }, 60_000);
});

describe("the trained model", () => {
  it("passes the smoke test, and fails it when its weights are turned around or missing", () => {
    const copy = copyOfExample();
    const smoke = () => run(copy.folder, process.execPath, "smoke.mjs", "model");
    try {
      expect(smoke().status).toBe(1);
      mkdirSync(join(copy.folder, "model"));
      writeFileSync(join(copy.folder, "model/model.json"), baseline.model);
      expect(smoke().status).toBe(0);
      const model: { weights: Record<string, number> } = JSON.parse(baseline.model);
      const weights = Object.fromEntries(Object.entries(model.weights).map(([token, weight]) => [token, -weight]));
      writeFileSync(join(copy.folder, "model/model.json"), JSON.stringify({ ...model, weights }));
      const turned = smoke();
      expect(turned.status).toBe(1);
      expect(turned.stderr).toContain("scores no higher");
    } finally {
      copy.remove();
    }
  });

  it("answers over HTTP as it does in the predictions, and refuses what is no strike", async () => {
    const copy = copyOfExample();
    mkdirSync(join(copy.folder, "model"));
    writeFileSync(join(copy.folder, "model/model.json"), baseline.model);
    const child = spawn(process.execPath, ["serve.mjs", "0"], {
      cwd: copy.folder,
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 30_000,
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    try {
      const address = await new Promise<string>((resolve) => {
        child.stdout
          .setEncoding("utf8")
          .on("data", (text: string) => resolve(text.trim().replace("listening on ", "")));
      });
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const ask = (body: string) =>
        fetch(`${address}/predict`, { method: "POST", body, headers: { connection: "close" } });
      const health = await fetch(`${address}/health`, { headers: { connection: "close" } });
      expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
      const { score, prediction } = before[0] ?? {};
      expect(await (await ask(JSON.stringify(table("eval.csv")[0]))).json()).toEqual({
        score: Number(score),
        prediction,
      });
      expect((await ask('{"phase":"Climb"}')).status).toBe(400);
      expect((await ask("no JSON")).status).toBe(400);
      expect((await ask("x".repeat(10_001))).status).toBe(413);
      expect((await fetch(`${address}/other`, { headers: { connection: "close" } })).status).toBe(404);
    } finally {
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
      copy.remove();
    }
  }, 30_000);
});
