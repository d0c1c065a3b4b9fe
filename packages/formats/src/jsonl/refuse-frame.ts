import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { jsonStart } from "../json/json-start.ts";
import { readChunks } from "../sources/read-chunks.ts";
import { spreadLimit } from "../tables/spread-columns.ts";

const headSize = 65_536;

/**
 * Refuses one JSON object of columns, as `DataFrame.to_json()` writes a table: read as a line it would be one row with many classes.
 * It is one whose columns are all mappings from the same keys, on the only line of the file.
 * @throws UserError `table-is-json`, and those of `readChunks`
 */
export async function refuseFrame(source: ByteSource): Promise<void> {
  const { text, whole } = await beginning(source);
  const end = text.indexOf("\n");
  if (end >= 0 && text.slice(end).trim() !== "") return;
  const root = jsonStart(text);
  if (root?.kind !== "mapping" || root.members.length === 0) return;
  const columns = root.members.map(({ value }) =>
    value.kind === "mapping" ? value.members.map(({ key }) => key) : undefined,
  );
  const [first] = columns;
  const counted = first !== undefined && first.length > spreadLimit && first.every((key, row) => key === String(row));
  // What follows a cut is not known; more keys than a mapping may have are rows.
  const alike = columns.every((keys) => keys?.join("\n") === first?.join("\n"));
  if (whole ? columns.length < 2 || !alike || first === undefined : !counted) return;
  throw new UserError(
    "table-is-json",
    `${source.name} is one JSON object of columns, as \`DataFrame.to_json()\` writes it, which is not read as a table.`,
    'Write one object a line: `to_json(path, orient="records", lines=True)` in pandas.',
    { file: source.name, line: 1 },
  );
}

async function beginning(source: ByteSource): Promise<{ text: string; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readChunks(source)) {
    parts.push(chunk.slice(0, headSize - size));
    size += Math.min(chunk.length, headSize - size);
    if (size === headSize) break;
  }
  const text = Buffer.concat(parts)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  return { text, whole: size < headSize };
}
