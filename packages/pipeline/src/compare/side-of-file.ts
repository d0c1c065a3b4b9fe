import { canonical, type Json } from "@metricgate/core/documents/canonical";
import type { Evaluation, Metric } from "@metricgate/core/documents/evaluation";
import type { Source } from "@metricgate/core/documents/fields";
import { type Received, receive } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Side } from "@metricgate/core/gates/decide-input";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { isPredictions } from "@metricgate/formats/predictions/is-predictions";
import { rowsBytes } from "@metricgate/formats/rows/write-rows";
import { rowsBeside } from "../chain/rows-files.ts";
import { checkMetrics } from "../evaluate/check-metrics.ts";
import { evalSetOf } from "../evaluate/eval-set.ts";
import type { EvaluateRequest } from "../evaluate/evaluate-ports.ts";
import { type MeasuredFiles, measureFile } from "../evaluate/measure-files.ts";
import { nothingMeasured } from "../evaluate/nothing-measured.ts";
import { tableOrMetrics } from "../evaluate/table-or-metrics.ts";
import { readSide } from "../gate/read-side.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Parallel } from "../ports/parallel.ts";
import type { Workspace } from "../ports/workspace.ts";
import { type MeasuredTable, measureTable, type TableRequest, takeMeasured } from "./measure-table.ts";

/** Tables up to this many bytes are measured sooner here than a thread starts. */
const smallest = 4_000_000;

/**
 * Reads one side of a comparison from whatever was given: an evaluation, a prediction table or a metric file.
 * @throws UserError `no-metrics` for a file that gives none, and those of the readers
 */
export async function sideOfFile(
  path: string,
  model: string,
  request: Pick<EvaluateRequest, "columns" | "slices" | "positive" | "task" | "compute" | "policy">,
  policy: ModelPolicy | undefined,
  measuredAt: Source,
  ports: { workspace: Workspace; hashing: Hashing; parallel?: Parallel },
): Promise<Side> {
  const { workspace, hashing } = ports;
  const source = await workspace.open(path);
  const head = new TextDecoder().decode(await source.slice(0, 4096));
  // Our own documents are canonical: `kind` is written without a space, and the other keys before it are short enough to be near the start.
  if (/"kind":\s*"metricgate\/evaluation@/.test(head)) return evaluationSide(path, ports);
  const level = policy?.confidence ?? 0.95;
  const metricFile = () => measureFile(path, { workspace, level });
  const predictions = (await isPredictions(source))
    ? await predictionsOf(source, { path, request, policy }, metricFile, ports)
    : undefined;
  const files = predictions === undefined ? await metricFile() : undefined;
  checkMetrics(files?.metrics ?? []);
  const table = predictions ?? files?.table;
  const metrics = [...(files?.metrics ?? []), ...(table?.metrics ?? [])];
  if (metrics.length === 0) throw nothingMeasured(table, path);
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
    metrics,
    ...(files === undefined || files.curves.length === 0 ? {} : { curves: files.curves }),
    ...(table === undefined || digest === undefined
      ? {}
      : { rows: { file: "rows.csv", digest, count: table.rows.count, task: table.task } }),
    ...(notes.length === 0 ? {} : { notes }),
  };
  const received = asReceived(document, path, hashing);
  return { received, ...(table === undefined ? {} : { rows: table.rows }) };
}

/** A prediction table as it was measured; undefined for a small file that is named like one and holds metrics. */
async function predictionsOf(
  source: ByteSource,
  asked: TableRequest,
  metricFile: () => Promise<MeasuredFiles>,
  ports: { workspace: Workspace; hashing: Hashing; parallel?: Parallel },
): Promise<MeasuredTable | undefined> {
  if (source.size > smallest)
    return ports.parallel === undefined
      ? measureTable(asked, ports)
      : takeMeasured(await ports.parallel.measureTable(asked));
  return tableOrMetrics(() => measureTable(asked, ports), metricFile);
}

/** @throws UserError `no-metrics` for an evaluation that measured nothing: nothing would be compared, and that is no pass */
async function evaluationSide(path: string, ports: { workspace: Workspace; hashing: Hashing }): Promise<Side> {
  const side = await readSide(path, await rowsBeside(path, ports.workspace), ports);
  if (side.received.document.metrics.length > 0) return side;
  throw new UserError(
    "no-metrics",
    `${path} is an evaluation without any metric`,
    "Measure it again: `metricgate evaluate` writes no evaluation without metrics.",
    { file: path },
  );
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
