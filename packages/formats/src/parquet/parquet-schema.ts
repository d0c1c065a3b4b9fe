import type { FileMetaData, SchemaElement } from "hyparquet";
import { decimalText, doubleText, instantText } from "../tables/number-text.ts";

/** A column of values inside a column at the top. */
export interface Leaf {
  path: string[];
  /** A list stands above it. */
  repeated: boolean;
  kind: "number" | "flag" | "text" | "bytes";
  /** The exact text of a value. Absent for `bytes`, which are the text. */
  text?(value: unknown): string;
}

/**
 * The columns of a file, by name. Logical types are taken out of the metadata and kept here, because the decoder would turn decimals into
 * doubles and times into milliseconds.
 */
export function exactSchema(metadata: FileMetaData): { name: string; leaves: Leaf[] }[] {
  const columns: { name: string; leaves: Leaf[] }[] = [];
  let at = 1;
  const walk = (path: string[], repeated: boolean, depth: number): Leaf[] => {
    const element = metadata.schema[at++];
    if (element === undefined || depth > 32) throw new RangeError("its schema is broken");
    const here = [...path, element.name];
    const listed = repeated || element.repetition_type === "REPEATED";
    const children = element.num_children ?? 0;
    if (children === 0) return [{ path: here, repeated: listed, ...takeType(element) }];
    const leaves: Leaf[] = [];
    for (let child = 0; child < children; child++) leaves.push(...walk(here, listed, depth + 1));
    return leaves;
  };
  const count = metadata.schema[0]?.num_children ?? 0;
  for (let column = 0; column < count; column++) {
    const name = metadata.schema[at]?.name ?? "";
    columns.push({ name, leaves: walk([], false, 0) });
  }
  return columns;
}

const perSecond = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;

/** The reading of a type, which it takes away from the schema, except where the decoder's own is exact. */
function takeType(element: SchemaElement): Pick<Leaf, "kind" | "text"> {
  const { type, converted_type: converted, logical_type: logical, scale = 0 } = element;
  if (logical?.type === "FLOAT16") return { kind: "number", text: floatText };
  if (logical?.type === "UUID" || converted === "UINT_64" || converted === "UINT_32")
    return { kind: logical?.type === "UUID" ? "text" : "number", text: String };
  if (logical?.type === "INTEGER" && !logical.isSigned && logical.bitWidth >= 32)
    return { kind: "number", text: String };
  delete element.converted_type;
  delete element.logical_type;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL")
    return {
      kind: "text",
      text: (value) => decimalText(wholeOf(value), logical?.type === "DECIMAL" ? logical.scale : scale),
    };
  if (converted === "DATE" || logical?.type === "DATE")
    return { kind: "text", text: (value) => instantText(wholeOf(value) * 86_400n, 1n, false).slice(0, 10) };
  if (type === "INT96") return { kind: "text", text: (value) => instantText(wholeOf(value), perSecond.NANOS, false) };
  const moment = unitOf(converted, "TIMESTAMP") ?? (logical?.type === "TIMESTAMP" ? logical.unit : undefined);
  if (moment !== undefined) {
    const utc = logical?.type === "TIMESTAMP" ? logical.isAdjustedToUTC : true;
    return { kind: "text", text: (value) => instantText(wholeOf(value), perSecond[moment], utc) };
  }
  const time = unitOf(converted, "TIME") ?? (logical?.type === "TIME" ? logical.unit : undefined);
  if (time !== undefined)
    return { kind: "text", text: (value) => instantText(wholeOf(value), perSecond[time], false).slice(11) };
  if (type === "BOOLEAN") return { kind: "flag", text: String };
  if (type === "FLOAT" || type === "DOUBLE") return { kind: "number", text: floatText };
  if (type === "INT32" || type === "INT64") return { kind: "number", text: String };
  return { kind: "bytes" };
}

function unitOf(converted: string | undefined, kind: "TIME" | "TIMESTAMP"): "MILLIS" | "MICROS" | undefined {
  if (converted === `${kind}_MILLIS`) return "MILLIS";
  return converted === `${kind}_MICROS` ? "MICROS" : undefined;
}

function floatText(value: unknown): string {
  return typeof value === "number" ? doubleText(value) : "";
}

/** A whole number as it is stored: a number, a long, or big-endian bytes in two's complement. */
function wholeOf(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length > 64)
    throw new RangeError("a number is broken");
  return BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString("hex")}`));
}
