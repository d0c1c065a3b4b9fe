import type { Curve, Metric, RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { readBytes } from "../sources/read-bytes.ts";
import { decodeText } from "../text/decode-text.ts";
import { chooseFormat } from "./choose-format.ts";
import { fileHead } from "./file-head.ts";
import type { MetricFile } from "./metric-format.ts";
import { nameMetrics } from "./name-metrics.ts";
import { refusals } from "./refuse.ts";
import { thinCurve } from "./thin-curve.ts";

/** Largest metric file in bytes. */
const sizeLimit = 100_000_000;
/** Curves of one file that are kept. */
const curveLimit = 200;

/** What a metric file holds, the name of the format it was read as and why, and remarks. */
export interface ReadMetrics {
  metrics: Metric[];
  format: string;
  /** Why it was taken for this format. */
  because: "content" | "likeness" | "named";
  notes: Note[];
  curves: Curve[];
  evalSet?: { id?: string; text?: string };
  rows?: { rows: RowTable; task: RowsTask };
  ignored: { name: string; is: string }[];
  /** Files that were read with this one and must not be read again. */
  joined: string[];
}

/** How a file is read: how files beside it are opened, and the format where the user names one. */
export interface ReadOptions {
  /** Opens a file by its path relative to this one. @throws UserError when there is none */
  open?(relative: string): Promise<ByteSource>;
  format?: string;
  /** Which part of a file that holds several. */
  part?: string;
  /** The other files of the same folder that the patterns match. */
  together?(): Promise<ByteSource[]>;
}

/**
 * Reads the metrics of a file of any format of `metricFormats`. A value that is null or not finite gives a metric without a value, never one that passes.
 * @throws UserError with file and line (or byte) for everything that is not such a file
 */
export async function readMetrics(source: ByteSource, options: ReadOptions = {}): Promise<ReadMetrics> {
  const file = metricFile(source, options, await fileHeadOf(source));
  const { format, because } = chooseFormat(file.head, options.format);
  const { metrics: stated, ignored, notes = [], curves = [], evalSet, rows, joined = [] } = await format.read(file);
  const text = file.head.text === undefined ? undefined : await file.text();
  const name = source.name;
  const bare = stated.length === 0 && rows !== undefined;
  const named = bare
    ? { metrics: [], notes: [] }
    : nameMetrics({ metrics: stated, ignored }, text, name, format.name, refusals(text, name));
  const kept = curves.slice(0, curveLimit).map((curve) => thinCurve(curve, { file: name, format: format.name }));
  if (curves.length > curveLimit) {
    const left = curves.length - curveLimit;
    notes.push({ code: "curves-left-out", text: `${name} holds ${left} more curves than the ${curveLimit} kept.` });
  }
  return {
    metrics: named.metrics,
    format: format.name,
    because,
    notes: [...notes, ...named.notes],
    curves: kept.filter((curve) => curve.points.length > 1),
    ...(evalSet === undefined ? {} : { evalSet }),
    ...(rows === undefined ? {} : { rows }),
    ignored,
    joined,
  };
}

async function fileHeadOf(source: ByteSource): Promise<MetricFile["head"]> {
  if (source.size === 0) await readBytes(source, sizeLimit);
  return fileHead(source);
}

function metricFile(source: ByteSource, options: ReadOptions, head: MetricFile["head"]): MetricFile {
  let bytes: Promise<Uint8Array> | undefined;
  let text: Promise<string> | undefined;
  const all = () => {
    bytes ??= readBytes(source, sizeLimit);
    return bytes;
  };
  return {
    source,
    head,
    ...(options.part === undefined ? {} : { part: options.part }),
    together: async () => (options.together === undefined ? [] : options.together()),
    bytes: all,
    text() {
      text ??= all().then((read) => decodeText(read, source.name));
      return text;
    },
    async open(relative) {
      if (options.open !== undefined) return options.open(relative);
      throw new UserError(
        "file-missing",
        `${source.name} names the file ${relative}, which cannot be opened here.`,
        "Name that file itself.",
        { file: source.name },
      );
    },
  };
}
