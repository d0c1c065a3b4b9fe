import { describe, expect, it } from "vitest";
import { readPolicy } from "./read-policy.ts";

const head = "version: 1\nmodels:\n  fraud:\n    gates:\n";
const gate = (text: string): string => `${head}      - ${text}\n`;

const pathed = (paths: string): string => `${gate("{ metric: accuracy }").replace("gates:", `${paths}\n    gates:`)}`;

describe("the policy file", () => {
  it("is read as written", () => {
    const { policy, problems } = readPolicy(
      `${gate("{ metric: recall@fpr=0.01, max-drop: 0.01, slices: { by: [country], max-drop: 0.05 } }")}on-rerun: worst\n`,
      "p.yml",
    );
    expect(problems).toEqual([]);
    expect(policy).toEqual({
      version: 1,
      "on-rerun": "worst",
      models: {
        fraud: {
          gates: [{ metric: "recall@fpr=0.01", "max-drop": 0.01, slices: { by: ["country"], "max-drop": 0.05 } }],
        },
      },
    });
  });

  it.each([
    ["a slip of a key", gate("{ metric: accuracy, max-dropp: 1% }"), 5, 29, '"max-dropp"', "Did you mean `max-drop`?"],
    ["an underscore", gate("{ metric: accuracy, max_drop: 1% }"), 5, 29, '"max_drop"', "Did you mean `max-drop`?"],
    ["an unknown key", gate("{ metric: accuracy, zzzzzzzzzz: 1 }"), 5, 29, '"zzzzzzzzzz"', "`max-drop`"],
    ["a margin that is none", gate("{ metric: accuracy, max-drop: lots }"), 5, 39, '"lots"', "max-drop"],
    ["a negative margin", gate("{ metric: accuracy, max-drop: -1 }"), 5, 39, "-1", "max-drop"],
    ["a wrong type", gate("{ metric: accuracy, min: high }"), 5, 34, '"high"', "Write a number for `min`."],
    ["a slip of a value", gate("{ metric: accuracy, severity: warm }"), 5, 39, '"warm"', "Did you mean `warn`?"],
    ["a missing key", gate("{ max-drop: 1% }"), 5, 9, "`metric`", "Add `metric: …`."],
    ["braces in paths", pathed('paths: ["{a,b}/**"]'), 4, 13, "has braces", "Write an entry for each"],
    ["brackets in paths", pathed("paths: ['[ms]']"), 4, 13, "has brackets", "`?`"],
    ["a backslash in paths", pathed("paths: ['a\\b']"), 4, 13, "has a backslash", "Write `/`"],
    ["a negation in paths", pathed("paths: ['!a']"), 4, 13, "begins with !", "List what counts"],
    ["paths that lead upwards", pathed("paths: [../a]"), 4, 13, "leads upwards", "from the folder"],
    ["an empty entry of paths", pathed("paths: ['']"), 4, 13, "is empty", "leave the entry out"],
    ["no paths", pathed("paths: []"), 4, 12, "a list", "paths"],
    ["no gates", `${head.replace("gates:", "gates: []")}`, 4, 12, "a list", "gates"],
    [
      "a key in slices",
      gate("{ metric: accuracy, slices: { by: [a], min-suport: 3 } }"),
      5,
      48,
      '"min-suport"',
      "Did you mean `min-support`?",
    ],
    [
      "max-drop where lower is better",
      gate("{ metric: log_loss, max-drop: 1% }"),
      5,
      29,
      "should be low",
      "Write max-rise: 1% instead",
    ],
    [
      "max-rise where higher is better",
      gate("{ metric: accuracy, max-rise: 1% }"),
      5,
      29,
      "should be high",
      "Write max-drop: 1% instead",
    ],
    [
      "max-drop against the stated direction",
      gate("{ metric: x, direction: down, max-drop: 1% }"),
      5,
      39,
      "should be low",
      "Write max-rise: 1% instead.",
    ],
    [
      "the wrong margin in slices",
      gate("{ metric: accuracy, slices: { by: [a], max-rise: 1% } }"),
      5,
      48,
      "should be high",
      "Write max-drop: 1%",
    ],
    ["both margins", gate("{ metric: x, max-drop: 1%, max-rise: 1% }"), 5, 36, "both", "Keep"],
    ["max-off without near", gate("{ metric: x, max-off: 1 }"), 5, 22, "max-off", "Add direction: near"],
    ["max-off without target", gate("{ metric: x, direction: near, max-off: 1 }"), 5, 39, "target", "Add target"],
  ])("%s is that model's problem alone", (_, text, line, column, bad, fix) => {
    const { policy, problems } = readPolicy(`${text}  other:\n    gates: [{ metric: f1 }]\n`, "p.yml");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ model: "fraud", where: { file: "p.yml", line, column } });
    expect(problems[0]?.text).toContain(bad);
    expect(problems[0]?.next).toContain(fix);
    expect(Object.keys(policy?.models ?? {})).toEqual(["other"]);
  });

  it.each([
    [
      "an unknown key of history",
      "{ metric: accuracy, history: { windov: 9 } }",
      40,
      '"windov"',
      "Did you mean `window`?",
    ],
    [
      "an unknown key of fairness",
      "{ metric: accuracy, fairness: { by: a, ratio_min: 0.8 } }",
      48,
      '"ratio_min"',
      "Did you mean `ratio-min`?",
    ],
    ["a window below five", "{ metric: accuracy, history: { window: 3 } }", 48, "3", "window"],
    ["a ratio above one", "{ metric: accuracy, fairness: { by: a, ratio-min: 8 } }", 59, "8", "ratio-min"],
    [
      "an option of another method",
      "{ metric: accuracy, history: { k: 3 } }",
      40,
      "belongs to method: mad",
      "method: mad",
    ],
    ["fairness without a limit", "{ metric: accuracy, fairness: { by: a } }", 29, "no limit", "ratio-min"],
    [
      "fairness with two limits",
      "{ metric: accuracy, fairness: { by: a, difference-max: 0.1, ratio-min: 0.8 } }",
      69,
      "difference-max and ratio-min",
      "Keep one",
    ],
    [
      "min above max",
      "{ metric: accuracy, min: 0.9, max: 0.8 }",
      29,
      "at least 0.9 and at most 0.8",
      "min at most max",
    ],
    [
      "a warn-margin that is not smaller",
      "{ metric: accuracy, max-drop: 0.01, warn-margin: 0.01 }",
      45,
      "not smaller",
      "below 0.01",
    ],
    [
      "a warn-margin in another scale",
      "{ metric: accuracy, max-drop: 0.01, warn-margin: 1% }",
      45,
      "different scales",
      "both in %",
    ],
    ["a warn-margin alone", "{ metric: accuracy, min: 0.5, warn-margin: 0.01 }", 39, "needs a margin", "max-drop"],
    [
      "a bound without a limit",
      "{ metric: accuracy, max-drop: 0.01, evidence: bound }",
      45,
      "evidence: bound",
      "add a limit",
    ],
    [
      "proven without a margin",
      "{ metric: accuracy, min: 0.5, evidence: proven }",
      39,
      "evidence: proven",
      "add a margin",
    ],
    ["a target without max-off", "{ metric: accuracy, max-drop: 0.01, target: 1 }", 45, "target", "Write max-off"],
    ["earlier names of a glob", '{ metric: "a.*", max-drop: 0.01, was: [b] }', 42, "glob", "renamed metric"],
    [
      "min above max in slices",
      "{ metric: accuracy, slices: { by: [a], min: 0.9, max: 0.8 } }",
      48,
      "its slices",
      "min at most max",
    ],
  ])("%s has its line and column", (_, text, column, bad, fix) => {
    const { problems, policy } = readPolicy(gate(text), "p.yml");
    expect(problems.map(({ where }) => where)).toEqual([{ file: "p.yml", line: 5, column }]);
    expect(problems[0]?.text).toContain(bad);
    expect(problems[0]?.next).toContain(fix);
    expect(Object.keys(policy?.models ?? {})).toEqual([]);
  });

  it("keys of the model that contradict its gates have their place too", () => {
    const text =
      "version: 1\nmodels:\n  m:\n    rows: none\n    pairing: intersection\n    gates: [{ metric: f1, fairness: { by: a, ratio-min: 0.8 } }]\n";
    expect(readPolicy(text, "p.yml").problems.map(({ where }) => where)).toEqual([
      { file: "p.yml", line: 5, column: 5 },
      { file: "p.yml", line: 6, column: 27 },
    ]);
  });

  it("every key of the design is read: history, fairness, anchor, tag and deployed", () => {
    const text = `${gate("{ metric: latency_p95_ms, max-rise: 10%, history: { window: 20 }, severity: warn }")}      - { metric: selection_rate, fairness: { by: gender, ratio-min: 0.8 } }\nbaseline: { from: [base, "deployed:production", "tag:v*"], anchor: "tag:v2.0" }\n`;
    const { problems, advice, policy } = readPolicy(text, "p.yml");
    expect([problems, advice]).toEqual([[], []]);
    expect(policy?.baseline).toEqual({ from: ["base", "deployed:production", "tag:v*"], anchor: "tag:v2.0" });
  });

  it("what does not keep the policy from judging is advice, with its place", () => {
    const text = `version: 1\nmodels:\n  m:\n    predictions: { path: p.csv, slices: [a] }\n    compute: [acuracy]\n    gates:\n      - { metric: f1, slices: { by: [a+b], max-drop: 1 } }\n      - { metric: f1, max-drop: 1 }\n      - { metric: f1, max-drop: 2 }\nwaivers:\n  - { model: n, gate: f1, reason: r, by: b, until: 2026-12-15 }\n`;
    const { problems, advice, policy } = readPolicy(text, "p.yml");
    expect(problems).toEqual([]);
    expect(Object.keys(policy?.models ?? {})).toEqual(["m"]);
    expect(advice.map(({ where }) => [where?.line, where?.column])).toEqual([
      [5, 15],
      [7, 38],
      [9, 11],
      [11, 7],
    ]);
  });

  it("a stated direction goes before the usual one", () => {
    expect(readPolicy(gate("{ metric: log_loss, direction: up, max-drop: 1% }"), "p.yml").problems).toEqual([]);
  });

  it("a model's name that is none is that model's problem", () => {
    const { policy, problems } = readPolicy(
      `${gate("{ metric: f1 }")}  Fraud Scorer:\n    gates: [{ metric: f1 }]\n`,
      "p.yml",
    );
    expect(problems).toMatchObject([
      { code: "policy-model-name", model: "Fraud Scorer", where: { line: 6, column: 3 } },
    ]);
    expect(Object.keys(policy?.models ?? {})).toEqual(["fraud"]);
  });

  it.each([
    ["no version", "models:\n  a:\n    gates: [{ metric: f1 }]\n", 1, "`version`", "version: 1"],
    [
      "another version",
      gate("{ metric: f1 }").replace("version: 1", "version: 2"),
      1,
      "`version`",
      "Write version: 1.",
    ],
    ["an unknown key", `${gate("{ metric: f1 }")}waiver: []\n`, 6, '"waiver"', "Did you mean `waivers`?"],
    ["braces in protect", `${gate("{ metric: f1 }")}protect: ["{a,b}"]\n`, 6, "has braces", "an entry for each"],
    ["an empty protect", `${gate("{ metric: f1 }")}protect: []\n`, 6, "names nothing", "on this line"],
    ["an unknown baseline", `${gate("{ metric: f1 }")}baseline: { from: [main] }\n`, 6, '"main"', "on this line"],
    [
      "a waiver without a reason",
      `${gate("{ metric: f1 }")}waivers:\n  - { gate: f1, by: asha, until: 2026-12-15 }\n`,
      7,
      "`reason`",
      "Add `reason: …`.",
    ],
    ["no models", "version: 1\n", 1, "`models`", "Add `models: …`."],
    ["empty models", "version: 1\nmodels: {}\n", 2, "no model", "Add a model"],
    ["models as a list", "version: 1\nmodels: [a]\n", 2, "a list", "a mapping"],
    ["a list", "- 1\n", 1, "no mapping", "version: 1"],
    ["nothing", "", 1, "no mapping", "version: 1"],
    ["broken YAML", "version: 1\nmodels: {a: 1, a: 2}\n", 2, "twice", "Remove"],
    ["an alias", "version: &v 1\nmodels: *v\n", 2, "alias", "Write the value out."],
  ])("%s leaves no policy", (_, text, line, bad, fix) => {
    const { policy, problems } = readPolicy(text, "p.yml");
    expect(policy).toBeUndefined();
    expect(problems[0]?.where).toMatchObject({ file: "p.yml", line });
    expect(problems[0]?.text).toContain(bad);
    expect(problems[0]?.next).toContain(fix);
  });

  it("says every problem at once", () => {
    const { problems } = readPolicy(gate("{ metric: accuracy, a-a: 1, min: x, severity: y }"), "p.yml");
    expect(problems.length).toBeGreaterThanOrEqual(3);
  });

  it("models called like parts of Object.prototype are ordinary models", () => {
    const { policy, problems } = readPolicy(
      "version: 1\nmodels:\n  constructor:\n    gates: [{ metric: f1 }]\n  __proto__:\n    gates: [{ metric: f1 }]\n",
      "p.yml",
    );
    expect(Object.keys(policy?.models ?? {})).toEqual(["constructor"]);
    expect(problems).toMatchObject([{ code: "policy-model-name", model: "__proto__" }]);
    expect(({} as Record<string, unknown>).gates).toBeUndefined();
  });
});
