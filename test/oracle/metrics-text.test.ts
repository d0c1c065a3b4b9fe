import { isComputable } from "@metricgate/core/metrics/known";
import { exactMatch, tokenF1 } from "@metricgate/core/metrics/text/answer-scores";
import { describe, expect, it } from "vitest";
import { askScript, oracleRuns } from "./ask-python.ts";
import { closeness } from "./closeness.ts";
import { type ColumnTable, compareColumns } from "./column-tables.ts";
import { cells, drawnWeights } from "./drawn-cells.ts";
import { draws } from "./draws.ts";

const metrics = [
  ..."exact_match token_f1 win_rate pass@1 pass@2 pass@10 mean(judge) median(judge) p25(judge) p90(judge) p55(odd)".split(
    " ",
  ),
  ..."p99.5(odd) mean(odd) rate(judge>=4) rate(judge>4) rate(judge<=2) rate(odd<-0.25) mean(a>b)".split(" "),
];

function table(seed: number): ColumnTable {
  const next = draws(seed * 86028121);
  const n = 1 + Math.floor(next() ** 2 * 200);
  const samples = cells(n, () => (seed % 5 === 0 ? 200 : 1 + Math.floor(next() * 20)));
  const columns = {
    "value:exact_match": cells(n, () => (next() < 0.4 ? 1 : 0)),
    "value:token_f1": cells(n, () => Math.round(next() * 20) / 20),
    "value:win": cells(n, () => Math.floor(next() * 3) / 2),
    "value:samples": samples,
    "value:correct": samples.map((of) => (seed % 3 === 0 ? 0 : Math.floor(next() * (of + 1)))),
    "value:judge": cells(n, () => 1 + Math.floor(next() * 5)),
    "value:odd": cells(n, () => (next() - 0.5) * (seed % 4 === 0 ? 1e-9 : 10)),
    "value:a>b": cells(n, () => (seed % 2 === 0 ? 1e6 : 0) + next()),
  };
  return { task: "text", columns: { ...columns, ...drawnWeights(seed, n, next) }, metrics };
}

const words = [
  "the",
  "a",
  "An",
  "THE",
  "Æther",
  "naïve",
  "x",
  "42",
  "−",
  "...",
  "U.S.",
  "don't",
  "theatre",
  "a_b",
  "é",
  "İstanbul",
];
const more = [
  "ΣΑΣ",
  "the-end",
  "ñ",
  "á",
  "漢字",
  "①",
  "\u00a0",
  "\u2003",
  "\t",
  "\u001f",
  "\u0085",
  "\ufeff",
  "😀",
  "`",
  "~",
  "$",
  "ſ",
  "ß",
];

describe.runIf(oracleRuns)("metrics of texts and of columns of values", () => {
  it("equal their definition in exact fractions, and numpy's quantiles", () => {
    const found = compareColumns(
      "text",
      cells(80, (i) => table(i + 1)),
    );
    expect(found.wrong.slice(0, 20)).toEqual([]);
    expect([...found.names].sort()).toEqual([...metrics].sort());
    expect(metrics.filter((name) => !isComputable(name))).toEqual([]);
    expect(found.count).toBeGreaterThan(1100);
    expect(found.undefinedByBoth).toBeGreaterThan(20);
  }, 120_000);

  it("turn texts into the scores that SQuAD's definition in Python gives", () => {
    const next = draws(20261121);
    const pool = [...words, ...more];
    const text = () =>
      cells(Math.floor(next() * 6), () => pool[Math.floor(next() * pool.length)] ?? "").join(next() < 0.2 ? "" : " ");
    const answers = cells(3000, () => ({ prediction: text(), references: cells(Math.floor(next() * 4), text) }));
    const { answers: theirs }: { answers: [number, number][] } = askScript("rows-oracle.py", { answers });
    const { compare, wrong, count } = closeness();
    answers.forEach(({ prediction, references }, i) => {
      const what = JSON.stringify({ prediction, references });
      compare(`exact match of ${what}`, exactMatch(prediction, references), theirs[i]?.[0] ?? "none", 0, 0);
      compare(`token F1 of ${what}`, tokenF1(prediction, references), theirs[i]?.[1] ?? "none", 1e-12, 0);
    });
    console.log(`oracle text: ${count()} scores of answers compared`);
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(theirs.filter(([exact]) => exact === 1).length).toBeGreaterThan(100);
  }, 120_000);
});
