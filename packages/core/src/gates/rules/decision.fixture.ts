import type { Digest } from "../../documents/digest.ts";
import type { Evaluation, Metric, RowsTask } from "../../documents/evaluation.ts";
import type { Selection } from "../../documents/selection.ts";
import { type Verdict, verdict as verdictSchema } from "../../documents/verdict.ts";
import { policy as policySchema } from "../../policy/schema.ts";
import type { Column, RowTable } from "../../tables/row-table.ts";
import { textCells } from "../../tables/text-cells.ts";
import { decide } from "../decide.ts";
import type { Side } from "../decide-input.ts";

/** A digest that tests can tell apart. */
export const hex = (n: number): Digest => `sha256:${n.toString(16).padStart(64, "0")}`;

/** One side of a decision, measured on one eval set. */
export function sideOf(metrics: Metric[], id: number, more: Partial<Evaluation> = {}, rows?: RowTable): Side {
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: "m" },
    source: { committedAt: "2026-11-20T00:00:00Z" },
    evalSet: { digest: hex(9) },
    metrics,
    ...more,
  };
  return { received: { document, digest: hex(id) }, ...(rows === undefined ? {} : { rows }) };
}

/** What a decision is made of, apart from what every one has. */
export interface TestCase {
  candidate: Side;
  baseline: Side;
  anchor?: Side;
  /** The model's keys, as YAML gives them. */
  model: object;
  /** The policy's keys outside of models. */
  frame?: object;
  selection?: Partial<Selection>;
}

/** Decides, through the schemas of the policy and of the verdict. */
export function decided({ candidate, baseline, anchor, model, frame, selection }: TestCase): Verdict {
  const found = policySchema.parse({ version: 1, models: { m: model }, ...frame });
  const document: Selection = {
    kind: "metricgate/selection@1",
    model: "m",
    baseline: { evaluation: baseline.received.digest, from: "base" },
    ...(anchor && { anchor: { evaluation: anchor.received.digest, from: "tag:v2.0" } }),
    policy: { changedHere: false, advisory: false },
    ...selection,
  };
  const input = {
    candidate,
    baseline,
    selection: { document, digest: hex(7) },
    policy: found,
    ...(anchor && { anchor }),
  };
  return verdictSchema.parse(decide(input));
}

/** `id outcome verdict code` of each result. */
export const found = ({ gates }: Verdict) =>
  gates.map((gate) => `${gate.id} ${gate.outcome} ${gate.verdict} ${gate.reasons.map(({ code }) => code).join("+")}`);

/** A side with rows of a binary classification: each row's label, prediction and slice value. */
export function rowsSide(
  id: number,
  rows: readonly { id?: string; label: string; prediction: string; slices?: Record<string, string> }[],
  compute: string[],
): Side {
  const columns = new Map<string, Column>([
    ["label", categories(rows.map(({ label }) => label))],
    ["prediction", categories(rows.map(({ prediction }) => prediction))],
  ]);
  const slices = Object.keys(rows[0]?.slices ?? {});
  for (const name of slices) columns.set(`slice:${name}`, categories(rows.map((row) => row.slices?.[name] ?? "")));
  const ids = textCells(rows.map((row, index) => row.id ?? String(index).padStart(6, "0")));
  const task: RowsTask = { task: "classification", positive: "1", classes: ["0", "1"], compute, slices };
  const described = { file: "rows.csv", digest: hex(3), count: rows.length, task };
  const metrics = compute.map((name): Metric => ({ name, value: 0.5, n: rows.length }));
  return sideOf(metrics, id, { rows: described }, { count: rows.length, ids, columns });
}

function categories(values: readonly string[]): Column {
  const names = [...new Set(values)].sort();
  return { type: "category", codes: Int32Array.from(values, (value) => names.indexOf(value)), names };
}
