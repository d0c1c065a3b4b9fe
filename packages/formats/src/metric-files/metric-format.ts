import type { Curve, RowsTask } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { RowTable } from "@metricgate/core/tables/row-table";
import type { Tree } from "../tree/tree.ts";
import type { Found } from "./found-metric.ts";

/** What a format is recognised by: the path, the size in bytes, the first 64 KiB, and what those say. */
export interface FileHead {
  path: string;
  size: number;
  bytes: Uint8Array;
  /** The first 64 KiB as text, without a byte order mark, when they are UTF-8 without NUL. */
  text?: string;
  /** The text as JSON as far as it goes, when it begins as JSON. */
  json?: Tree;
  /** The cells of the first line, trimmed, when the text could be a table. */
  columns?: readonly string[];
}

/** A file to read, and the way to the files that it names (paths relative to it). */
export interface MetricFile {
  source: ByteSource;
  head: FileHead;
  /** All bytes; read once. @throws UserError as `readBytes` */
  bytes(): Promise<Uint8Array>;
  /** All text, without a byte order mark; offsets of metrics (`at`) count in it. @throws UserError as `decodeText` */
  text(): Promise<string>;
  /** @throws UserError when there is no such file in the workspace */
  open(relative: string): Promise<ByteSource>;
  /** What the user wrote after `#`: which part of a file that holds several, such as an experiment and a run. */
  part?: string;
  /** The other files of the same folder that the user's patterns match, for a tool that spreads one run over several. */
  together(): Promise<ByteSource[]>;
}

/** What a file of some tool holds. */
export interface FoundFile extends Found {
  notes?: Note[];
  /** How metrics went during training; shown, never judged. Thinned by the reader of all formats. */
  curves?: FoundCurve[];
  /** What the tool says about the data it measured on; equal text means the same eval set. */
  evalSet?: { id?: string; text?: string };
  /** Rows that pair by id, where the tool writes them. */
  rows?: { rows: RowTable; task: RowsTask };
  /** Names of the files of `together` that were read with this one. */
  joined?: string[];
}

/** All points of a metric in the order of training; those that are not finite are left out later. */
export type FoundCurve = Omit<Curve, "from">;

/** One format of metric files. A format is one file of `formats/`, listed once in `format-list.ts`. */
export interface MetricFormat {
  /** As `from.format`, messages and the docs name it: `lm-eval`. */
  name: string;
  /** The tool and its file, as a person would say it. */
  title: string;
  /** Usual paths, as globs; `init` looks there. */
  usual: readonly string[];
  /** A short example that reads without a problem, for the docs and the tests; its bytes are base64 where the format is binary. */
  example: { path: string; text?: string; base64?: string };
  /** What is taken from the file, in one or two sentences for the docs. */
  takes: string;
  /**
   * What shows that the reader is right. `tool`: the tests read files that the tool itself has just written · `shape`: the tool is too large
   * to run in the tests, or writes the file only for its own server, and the reader follows its documented shape · `own`: our own form, no tool's.
   */
  proof: "tool" | "shape" | "own";
  /** `sure`: only this tool writes such a file · `likely`: it reads as one, and a sure format wins · undefined: no. */
  detect(head: FileHead): "sure" | "likely" | undefined;
  /** Reads all metrics. @throws UserError with file and line, or byte, for a file that is broken */
  read(file: MetricFile): Promise<FoundFile>;
}
