import { canonical, type Json } from "@metricgate/core/documents/canonical";
import type { Evaluation, Metric } from "@metricgate/core/documents/evaluation";
import type { Source } from "@metricgate/core/documents/fields";
import { type Received, receive } from "@metricgate/core/documents/kinds";
import type { Side } from "@metricgate/core/gates/decide-input";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import { isPredictions } from "@metricgate/formats/predictions/is-predictions";
import { rowsBytes } from "@metricgate/formats/rows/write-rows";
import { rowsBeside } from "../chain/rows-files.ts";
import { checkMetrics } from "../evaluate/check-metrics.ts";
import { evalSetOf } from "../evaluate/eval-set.ts";
import type { EvaluateRequest } from "../evaluate/evaluate-ports.ts";
import { measureFile } from "../evaluate/measure-files.ts";
import { readSide } from "../gate/read-side.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Parallel } from "../ports/parallel.ts";
import type { Workspace } from "../ports/workspace.ts";
import { measureTable, takeMeasured } from "./measure-table.ts";

/** Tables up to this many bytes are measured sooner here than a thread starts. */
const smallest = 4_000_000;

/** Reads one side of a comparison from whatever was given: an evaluation, a prediction table or a metric file. */
export async function sideOfFile(
  path: string,
  model: string,
  request: Pick<EvaluateRequest, "columns" | "slices" | "positive" | "task" | "compute" | "policy">,
  policy: ModelPolicy | undefined,
  measuredAt: Source,
  ports: { workspace: Workspace; hashing: Hashing; parallel?: Parallel },
): Promise<Side> {
  const { workspace, hashing, parallel } = ports;
  const source = await workspace.open(path);
  const head = new TextDecoder().decode(await source.slice(0, 4096));
  // Our own documents are canonical: `kind` is written without a space, and the other keys before it are short enough to be near the start.
  if (/"kind":\s*"metricgate\/evaluation@/.test(head)) return readSide(path, await rowsBeside(path, workspace), ports);
  const asked = { path, request, policy };
  const predictions = !(await isPredictions(source))
    ? undefined
    : parallel !== undefined && source.size > smallest
      ? takeMeasured(await parallel.measureTable(asked))
      : await measureTable(asked, ports);
  const level = policy?.confidence ?? 0.95;
  const files = predictions === undefined ? await measureFile(path, { workspace, level }) : undefined;
  checkMetrics(files?.metrics ?? []);
  const table = predictions ?? files?.table;
  const evalSet =
    predictions === undefined
      ? await evalSetOf(undefined, undefined, files?.table?.rows, ports, files?.evalSet)
      : predictions.evalSet;
  const digest = predictions?.rowsDigest ?? (table && hashing.bytes(rowsBytes(table.rows)));
  const notes = [...(files?.notes ?? []), ...(table?.notes ?? [])];
  const document: Evaluation = {
    kind: "metricgate/evaluation@1",
    model: { name: model },
    source: measuredAt,
    ...(evalSet === undefined ? {} : { evalSet }),
    metrics: [...(files?.metrics ?? []), ...(table?.metrics ?? [])],
    ...(files === undefined || files.curves.length === 0 ? {} : { curves: files.curves }),
    ...(table === undefined || digest === undefined
      ? {}
      : { rows: { file: "rows.csv", digest, count: table.rows.count, task: table.task } }),
    ...(notes.length === 0 ? {} : { notes }),
  };
  const received = asReceived(document, path, hashing);
  return { received, ...(table === undefined ? {} : { rows: table.rows }) };
}

/** A document as it comes back when it was written and is read again, so that a comparison of files is one of their evaluations. */
function asReceived({ metrics, ...rest }: Evaluation, path: string, hashing: Hashing): Received<"evaluation"> {
  // In canonical order, since only such a document is quickly written for its digest.
  const members: [string, unknown][] = [
    ...Object.entries(readBack(rest) as object),
    ["metrics", metrics.map(metricReceived)],
  ];
  const back = Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
  return receive("evaluation", back, path, hashing.text);
}

/** Of 100,000 metrics hardly one changes on the way: minus zero becomes zero, and the columns of a slice are sorted. */
function metricReceived(metric: Metric): Metric {
  const { value, target, n, stderr, slice, interval, repeats } = metric;
  const nested = slice !== undefined || interval !== undefined || repeats !== undefined;
  const zero = Object.is(value, -0) || Object.is(target, -0) || Object.is(n, -0) || Object.is(stderr, -0);
  return nested || zero ? (readBack(metric) as Metric) : metric;
}

function readBack(value: object): unknown {
  return JSON.parse(canonical(value as Json));
}
