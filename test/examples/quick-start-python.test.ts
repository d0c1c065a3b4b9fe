import { describe, expect, it } from "vitest";
import { copyOfExample, measured, run } from "./quick-start-project.ts";
import { accuracy, recall, rocAuc, rowsOf } from "./strike-table.ts";

const python = process.env.METRICGATE_PYTHON ?? "python3";
const present = run(".", python, "-c", "import sklearn").status === 0;
const required = process.env.METRICGATE_REQUIRE_REAL === "1";
if (!present)
  console.warn("Python tier: scikit-learn is missing; pip install -r examples/quick-start/python/requirements.txt");

/** Trains and evaluates with scikit-learn in a fresh copy. */
function measuredByPython() {
  const copy = copyOfExample();
  try {
    for (const script of ["python/train.py", "python/evaluate.py"]) {
      const { status, stderr } = run(copy.folder, python, script);
      if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
    }
    const smoke = run(copy.folder, process.execPath, "smoke.mjs").status;
    const crossed = run(copy.folder, process.execPath, "evaluate.mjs").status;
    return {
      smoke,
      crossed,
      model: copy.read("model/model.json"),
      metrics: copy.read("out/metrics.json"),
      predictions: copy.read("out/predictions.csv"),
    };
  } finally {
    copy.remove();
  }
}

describe.runIf(present || required)("the example in Python", () => {
  it("writes the same bytes on every run, in the layout of the JavaScript example", () => {
    const first = measuredByPython();
    expect(measuredByPython()).toEqual(first);
    const script = measured();
    expect(Object.keys(JSON.parse(first.model))).toEqual(Object.keys(JSON.parse(script.model)));
    expect(Object.keys(JSON.parse(first.metrics))).toEqual(Object.keys(JSON.parse(script.metrics)));
    const ours = rowsOf(script.predictions);
    const theirs = rowsOf(first.predictions);
    expect(theirs.map(({ id, label }) => ({ id, label }))).toEqual(ours.map(({ id, label }) => ({ id, label })));
    expect(first.smoke).toBe(0);
    for (const measure of [accuracy, recall, rocAuc])
      expect(Math.abs(measure(theirs) - measure(ours))).toBeLessThan(0.01);
  }, 60_000);

  it("makes a model that evaluate.mjs and evaluate.py score alike", () => {
    const copy = copyOfExample();
    try {
      expect(run(copy.folder, python, "python/train.py").status).toBe(0);
      expect(run(copy.folder, python, "python/evaluate.py").status).toBe(0);
      const theirs = copy.read("out/predictions.csv");
      expect(run(copy.folder, process.execPath, "evaluate.mjs").status).toBe(0);
      expect(copy.read("out/predictions.csv")).toBe(theirs);
    } finally {
      copy.remove();
    }
  }, 60_000);
});
