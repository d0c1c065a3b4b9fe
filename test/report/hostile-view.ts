import type { Column, RowTable } from "@metricgate/core/tables/row-table";
import { textCells } from "@metricgate/core/tables/text-cells";
import type { ReportView } from "../../packages/report/src/view.ts";
import { digestOfDigit, evaluationOf, gate, interval, verdictOf, viewOf } from "./made.ts";

/** What is an address or a commit by itself is linked by right, so these get a letter that makes them none. */
function noAddress(text: string): string {
  return /^https?:|^[0-9a-f]{7,64}$/.test(text) ? `x${text}` : text;
}

const numbers = { baseline: 0.7, candidate: 0.6, change: -0.1, margin: 0.05, scale: "absolute" } as const;

/** Six rows with these ids, classes and slice, of which two are lost and one is won. */
function rowsOf(labels: readonly string[], ids: readonly string[], column: string, won: boolean): RowTable {
  const category = (codes: number[], names: readonly string[]): Column => ({
    type: "category",
    codes: Int32Array.from(codes),
    names,
  });
  return {
    count: 6,
    ids: textCells(ids),
    columns: new Map<string, Column>([
      ["label", category([0, 0, 0, 1, 1, 1], labels)],
      ["prediction", category(won ? [1, 1, 0, 1, 1, 1] : [0, 0, 0, 1, 0, 1], labels)],
      ["score", { type: "number", values: Float64Array.from([0.9, 0.8, 0.7, 0.3, 0.2, 0.1]) }],
      [`slice:${column}`, category([0, 0, 0, 0, 0, 0], [labels[0] ?? ""])],
    ]),
  };
}

/** A report in which each text that a document, a file or GitHub can carry is asked of `text`, in the same order each time. */
export function viewOfTexts(text: () => string): ReportView {
  const reasons = () => [{ code: text(), text: text(), next: `Then ${text()}` }];
  const metric = text();
  const failed = { ...numbers, outcome: "fail", verdict: "fail" } as const;
  const gates = [
    gate({
      ...failed,
      metric,
      id: `1${text()}`,
      unit: text(),
      reasons: reasons(),
      interval: { ...interval(-0.2, -0.05), method: text() },
    }),
    gate({
      ...failed,
      metric: text(),
      id: `2${text()}`,
      slice: { [text()]: text() },
      unit: text(),
      reasons: reasons(),
    }),
    gate({
      ...failed,
      verdict: "warn",
      metric: text(),
      id: `3${text()}`,
      slice: { [text()]: text(), [text()]: text() },
      reasons: reasons(),
      interval: { ...interval(-0.2, -0.05), method: text() },
      waiver: { gate: text(), reason: text(), by: text(), until: text() },
    }),
    gate({
      metric: text(),
      id: `4${text()}`,
      rule: "presence",
      outcome: "missing",
      verdict: "fail",
      reasons: reasons(),
    }),
    gate({
      metric: text(),
      id: `5${text()}`,
      rule: "fairness",
      outcome: "fail",
      verdict: "fail",
      candidate: 0.6,
      limit: 0.8,
      reasons: reasons(),
      groups: fairGroups(text(), text(), text()),
    }),
    gate({ ...failed, metric: text(), id: `6${text()}`, against: "anchor", reasons: reasons() }),
  ];
  const model = text();
  const set = { id: text(), digest: digestOfDigit("e") };
  const verdict = verdictOf(model, gates, {
    headline: { metric, say: text(), baseline: 0.7, candidate: 0.6, n: 100 },
    ungated: [
      { metric: text(), why: "no-gate", unit: text(), candidate: 1 },
      { metric: text(), slice: { [text()]: text() }, why: "new", candidate: 1 },
    ],
    policy: { path: text(), changedHere: true, advisory: false, maxDrop: text() },
    notes: [{ code: text(), text: text() }],
    baseline: { evaluation: digestOfDigit("b"), sha: noAddress(text()), from: text(), stale: true },
    anchor: { evaluation: digestOfDigit("9"), sha: noAddress(text()), from: text() },
    candidate: { evaluation: digestOfDigit("a"), sha: noAddress(text()), committedAt: text(), evalSet: set },
  });
  // Another state than that of the model before, so that their order does not follow from their names.
  const warned = gates.slice(3, 4).map((one) => ({ ...one, verdict: "warn" as const }));
  const without = verdictOf(text(), warned, {
    baselineMissing: { code: "baseline-missing", text: text(), tried: [{ from: text(), found: text() }] },
  });
  const labels = [text(), text()];
  const ids = Array.from({ length: 6 }, () => text().toWellFormed()); // Ids are read from UTF-8.
  const column = text();
  const task = { task: "classification", positive: labels[0] ?? "", classes: labels, compute: [], slices: [] } as const;
  const file = text();
  const curve = {
    name: text(),
    x: "epoch" as const,
    points: [[0, 1] as [number, number], [1, 0.5] as [number, number]],
  };
  const rows = { file, digest: digestOfDigit("f"), count: 6, task: { ...task, compute: [], slices: [] } };
  const candidate = evaluationOf(model, {
    metrics: [{ name: metric, value: 0.6, from: { file: text(), format: text(), line: 2 } }],
    curves: [curve],
    rows,
  });
  const history = [0.69, 0.71].map((value, at) => ({
    sha: noAddress(text()),
    evaluation: digestOfDigit(`${at}`),
    values: { [metric]: value },
    waived: [metric],
    policyChanged: true as const,
  }));
  const fact = text();
  return viewOf(
    [
      { model: text(), crashed: { step: text(), text: text(), tail: `${fact}\n${fact}` } },
      {
        model,
        verdict,
        candidate,
        baseline: evaluationOf(model, { rows }),
        candidateRows: rowsOf(labels, ids, column, true),
        baselineRows: rowsOf(labels, ids, column, false),
        history,
        examples: "columns",
      },
      { model: text(), verdict: without },
    ],
    {
      baseBranch: text(),
      head: noAddress(text()),
      stale: { head: noAddress(text()) },
      earlier: [{ head: noAddress(text()), text: text() }],
      advice: [text(), text()],
      links: { repository: noAddress(text()), run: noAddress(text()), report: noAddress(text()) },
    },
  );
}

function fairGroups(by: string, one: string, other: string) {
  const values = [one, other].map((group, i) => ({ group, value: 0.3 + i * 0.2, n: 40 }));
  return { by, measure: "ratio" as const, worst: [one, other] as [string, string], values, excluded: [] };
}

/** How many texts a report asks for. */
export function placesOfView(): number {
  let asked = 0;
  viewOfTexts(() => `x${asked++}`);
  return asked;
}

/** Reports whose places take one text after another, again and again: over `views` reports every text stands in many places. */
export function* mixedViews(texts: readonly string[], views: number): Generator<{ view: ReportView; first: number }> {
  let drawn = 0;
  for (let i = 0; i < views; i++) {
    const first = drawn;
    yield { view: viewOfTexts(() => texts[drawn++ % texts.length] ?? ""), first };
  }
}
