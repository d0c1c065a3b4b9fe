import { describe, expect, it } from "vitest";
import { readPolicy } from "./read-policy.ts";

const head = "version: 1\nmodels:\n  fraud:\n    gates:\n";
const gate = (text: string): string => `${head}      - ${text}\n`;

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
