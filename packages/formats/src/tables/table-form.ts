/** The forms of files that tables are read from. */
export type TableForm = "csv" | "jsonl" | "parquet" | "npy" | "npz" | "arrow" | "json" | "gzip";

/**
 * The form of a table, by its first bytes, then by its name.
 * @param head the first bytes, at least 8 where there are as many; inflated when the file is gzip
 */
export function tableForm(head: Uint8Array, name: string): TableForm {
  const start = Buffer.from(head.subarray(0, 8)).toString("latin1");
  if (start.startsWith("PAR1") || start.startsWith("PARE")) return "parquet";
  // A pickle in its place is told there.
  if (start.startsWith("\x93NUMPY") || (start.startsWith("\x80") && /\.np[yz]$/i.test(name))) return "npy";
  if (start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06")) return "npz";
  if (start.startsWith("ARROW1") || start.startsWith("FEA1") || start.startsWith("\xff\xff\xff\xff")) return "arrow";
  if (start.startsWith("\x1f\x8b")) return "gzip";
  const lower = name.toLowerCase().replace(/\.gz$/, "");
  if (/\.(?:jsonl|ndjson)$/.test(lower)) return "jsonl";
  if (/\.(?:csv|tsv)$/.test(lower)) return "csv";
  const first = Buffer.from(head)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()[0];
  if (first === "{") return "jsonl";
  return first === "[" ? "json" : "csv";
}
