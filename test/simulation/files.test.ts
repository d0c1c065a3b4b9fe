import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../packages/core/src/documents/verdict.ts";
import { UserError } from "../../packages/core/src/errors/user-error.ts";
import { philoxDraws } from "../../packages/core/src/statistics/draws/philox.ts";
import { compare } from "../../packages/pipeline/src/compare/compare.ts";
import { hashing } from "../../packages/pipeline/src/workspace/hashing.ts";
import { memoryWorkspace } from "./memory-workspace.ts";

const policyPath = ".github/metricgate.yml";

interface Asked {
  slices?: string[];
  compute?: string[];
}

async function compared(files: Record<string, string>, gates: string, suffix: string, asked: Asked = {}) {
  const policy = `version: 1\nmodels:\n  m:\n    gates:\n${gates}`;
  const ports = {
    workspace: memoryWorkspace({ ...files, [policyPath]: policy }),
    hashing,
    messages: { info: () => {}, warn: () => {} },
    change: { event: "local", recordsBaseline: false },
  } as const;
  const request = { policy: policyPath, slices: undefined, columns: undefined, ...asked };
  return compare(`baseline.${suffix}`, `candidate.${suffix}`, request, ports);
}

/** The verdict, or `refused` when a file cannot be read; anything else that is thrown is a defect. */
async function verdictOf(files: Record<string, string>, gates: string, suffix: string): Promise<Verdict | "refused"> {
  try {
    return (await compared(files, gates, suffix)).verdict;
  } catch (error) {
    if (error instanceof UserError) return "refused";
    throw error;
  }
}

const count = 60;
const header = ["id", "label", "prediction", "score", "weight"];

/** Rows of two models on the same labels. */
function rowsOf(stream: number): { candidate: string[][]; baseline: string[][] } {
  const draws = philoxDraws(5, stream);
  draws.restart(0);
  const candidate: string[][] = [];
  const baseline: string[][] = [];
  for (let row = 0; row < count; row++) {
    const label = draws.next() < 0.5 ? 0 : 1;
    const weight = String(1 + Math.floor(3 * draws.next()));
    for (const side of [candidate, baseline]) {
      const score = Math.min(0.999, Math.max(0.001, 0.2 + 0.6 * label + (draws.next() - 0.5) * 0.9));
      const cells = [`r${(row * 37) % 101}`, String(label), score >= 0.5 ? "1" : "0", String(score), weight];
      side.push([...cells, `p${row % 2}`, String(label + (row % 7) / 16)]);
    }
  }
  return { candidate, baseline };
}

const sliced = ["id", "label", "prediction", "score", "part"];
const asNumbers: Readonly<Record<string, string>> = { target: "label", score: "prediction" };

const csv = (rows: readonly (readonly string[])[], columns = header) =>
  `${[columns, ...rows].map((cells) => cells.join(",")).join("\n")}\n`;

const tableGates = ["accuracy", "f1", "roc_auc", "average_precision"]
  .map((metric) => `      - { metric: ${metric}, max-drop: 0.9 }\n`)
  .concat("      - { metric: log_loss, max-rise: 99 }\n")
  .join("");

const slicedGates = [
  "{ metric: accuracy, slices: { by: [part], max-drop: 0.9, min-support: 5 } }",
  "{ metric: f1, slices: { by: [part], max-drop: 0.9, min-support: 5 } }",
  "{ metric: accuracy, fairness: { by: part, difference-max: 0.9, min-support: 5 } }",
]
  .map((gate) => `      - ${gate}\n`)
  .join("");

const numeric = ["mae", "rmse", "median_ae"];
const numberGates = numeric.map((metric) => `      - { metric: ${metric}, max-rise: 99 }\n`).join("");

const listed = {
  name: "accuracy",
  value: 0.9,
  stderr: 0.01,
  n: 900,
  interval: { low: 0.88, high: 0.92, level: 0.95, method: "wilson" },
  repeats: [0.9, 0.91, 0.89],
};

/** A list of one metric, with the text in place of a number of it. */
function listWith(path: string, text: string): string {
  const [outer = "", inner] = path.split(".");
  const marked: Record<string, unknown> = structuredClone(listed);
  if (inner === undefined) marked[outer] = "here";
  else if (outer === "interval") marked[outer] = { ...listed.interval, [inner]: "here" };
  else marked[outer] = listed.repeats.map((value, i) => (String(i) === inner ? "here" : value));
  return JSON.stringify([marked]).replace('"here"', text);
}

describe("files, from their bytes to the verdict", () => {
  it.each<Asked & { what: string; columns: string[]; gates: string }>([
    { what: "weights", columns: header, gates: tableGates },
    { what: "plain rows, slices and groups", columns: sliced, gates: `${tableGates}${slicedGates}`, slices: ["part"] },
    { what: "numbers", columns: ["id", "target", "score"], gates: numberGates, compute: numeric },
  ])(
    "permuting the rows of either file changes no bit of the documents ($what)",
    async ({ columns, gates, what: _, ...asked }) => {
      const places = columns.map((column) => [...header, "part", "target"].indexOf(column));
      const names = columns.map((column) => (columns.includes("target") ? (asNumbers[column] ?? column) : column));
      const text = (rows: string[][]) =>
        csv(
          rows.map((cells) => places.map((place) => cells[place] ?? "")),
          names,
        );
      const data = rowsOf(1);
      const bits = async (candidate: string[][], baseline: string[][]) =>
        JSON.stringify(
          await compared({ "candidate.csv": text(candidate), "baseline.csv": text(baseline) }, gates, "csv", asked),
        );
      const expected = await bits(data.candidate, data.baseline);
      const { verdict } = JSON.parse(expected);
      expect(verdict.gates.length).toBeGreaterThanOrEqual(gates.split("metric:").length - 1);
      expect(verdict.counts.missing + verdict.counts.skipped).toBe(0);
      const shuffled = (rows: string[][]) => fc.shuffledSubarray(rows, { minLength: rows.length });
      await fc.assert(
        fc.asyncProperty(shuffled(data.candidate), shuffled(data.baseline), async (candidate, baseline) => {
          expect(await bits(candidate, baseline)).toBe(expected);
        }),
        { numRuns: 15 },
      );
    },
  );

  it.each([
    ["classes and scores", ["id", "label", "prediction", "score", "weight"], tableGates],
    ["scores alone", ["id", "label", "score"], tableGates],
    ["classes alone", ["id", "label", "prediction"], "      - { metric: accuracy, max-drop: 0.9 }\n"],
    ["numbers", ["id", "label", "prediction"], "      - { metric: mae, max-rise: 99 }\n"],
  ])("a cell of a table of %s that is no number never passes", async (name, columns, gates) => {
    const data = rowsOf(2);
    const places = columns.map((column) => (name === "numbers" && column === "prediction" ? "score" : column));
    const chosen = (rows: string[][]) =>
      rows.map((cells, row) =>
        places.map((column) => {
          const text = cells[header.indexOf(column)] ?? "";
          return name === "numbers" && column === "label" ? `${text}.${row}25` : text;
        }),
      );
    const tables = { candidate: chosen(data.candidate), baseline: chosen(data.baseline) };
    const files = () => ({
      "candidate.csv": csv(tables.candidate, columns),
      "baseline.csv": csv(tables.baseline, columns),
    });
    expect(await verdictOf(files(), gates, "csv")).toMatchObject({ verdict: "pass" });
    const bad = fc.constantFrom("NaN", "nan", "Infinity", "-inf", "1e999", "", "null", "None", "NA");
    const side = fc.constantFrom("candidate" as const, "baseline" as const);
    const column = fc.integer({ min: 1, max: columns.length - 1 });
    await fc.assert(
      fc.asyncProperty(side, fc.nat(count - 1), column, bad, async (where, row, at, text) => {
        const cells = tables[where][row] ?? [];
        const before = cells[at] ?? "";
        cells[at] = text;
        const found = await verdictOf(files(), gates, "csv");
        cells[at] = before;
        if (found !== "refused") expect(found.verdict).not.toBe("pass");
      }),
      { numRuns: 60 },
    );
  });

  it("a number that says how sure a metric is never passes when it is none", async () => {
    const gates = "      - { metric: accuracy, max-drop: 0.5 }\n";
    const good = { "candidate.json": JSON.stringify([listed]), "baseline.json": JSON.stringify([listed]) };
    expect(await verdictOf(good, gates, "json")).toMatchObject({ verdict: "pass" });
    const bad = fc.constantFrom("NaN", "Infinity", "-Infinity", "1e999", "-1e999", '"NaN"', '""', "[]");
    const places = [
      "value",
      "stderr",
      "n",
      "interval.low",
      "interval.high",
      "interval.level",
      "repeats.0",
      "repeats.2",
    ];
    const side = fc.constantFrom("candidate.json", "baseline.json");
    await fc.assert(
      fc.asyncProperty(bad, fc.constantFrom(...places), side, async (text, place, file) => {
        const found = await verdictOf({ ...good, [file]: listWith(place, text) }, gates, "json");
        if (found !== "refused") expect(found.verdict).not.toBe("pass");
      }),
      { numRuns: 120 },
    );
  });

  it("a number of a metric file that is none never passes", async () => {
    const bad = fc.constantFrom("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "null", '"NaN"', '""', "[]", "{}");
    const place = fc.constantFrom("candidate", "baseline");
    const rule = fc.constantFrom("max-drop: 0.9", "max-change: 0.9", "min-gain: -0.9", "min: -9", "max: 9");
    await fc.assert(
      fc.asyncProperty(bad, place, rule, async (text, where, asked) => {
        // A floor and a ceiling ask the candidate alone.
        const both = !/^(min|max):/.test(asked);
        const side = both ? where : "candidate";
        const file = (broken: boolean) => `{ "f1": 0.8, "accuracy": ${broken ? text : "0.9"} }`;
        const files = {
          "candidate.json": file(side === "candidate"),
          "baseline.json": file(side === "baseline"),
        };
        const gates = `      - { metric: accuracy, ${asked} }\n      - { metric: f1, max-drop: 0.5 }\n`;
        const found = await verdictOf(files, gates, "json");
        if (found === "refused") return;
        expect(found.verdict).not.toBe("pass");
        expect(found.gates.find(({ metric }) => metric === "accuracy")?.outcome).not.toBe("pass");
      }),
      { numRuns: 150 },
    );
  });
});
