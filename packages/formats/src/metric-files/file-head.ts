import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { readHeader } from "../csv/read-header.ts";
import { jsonStart } from "../json/json-start.ts";
import { readPart } from "../sources/read-bytes.ts";
import { decodeText } from "../text/decode-text.ts";
import type { FileHead } from "./metric-format.ts";

const headSize = 65_536;

/** The head of a file, by which formats recognise it. @throws UserError as `readPart` */
export async function fileHead(source: ByteSource): Promise<FileHead> {
  const bytes = await readPart(source, 0, Math.min(headSize, source.size));
  const text = startAsText(bytes, source.size > bytes.length);
  // A table of TOML begins as a list of JSON does.
  const json = text === undefined || /\.toml$/i.test(source.name) ? undefined : jsonStart(text);
  const columns = text === undefined || json !== undefined ? undefined : firstRow(text);
  return {
    path: source.name,
    size: source.size,
    bytes,
    ...(text === undefined ? {} : { text }),
    ...(json === undefined ? {} : { json }),
    ...(columns === undefined ? {} : { columns }),
  };
}

/** The bytes as text; a character that the end cuts apart is left out. */
function startAsText(bytes: Uint8Array, cut: boolean): string | undefined {
  for (let less = 0; less <= (cut ? 3 : 0); less++) {
    const text = attempt(() => decodeText(bytes.subarray(0, bytes.length - less), ""));
    if (text !== undefined) return text;
  }
  return undefined;
}

function firstRow(text: string): string[] | undefined {
  const line = /\S.*/.exec(text)?.[0] ?? "";
  const cells = attempt(() => readHeader(Buffer.from(line, "utf8"), "", 0).cells.map((cell) => cell.trim()));
  return cells === undefined || cells.length < 2 ? undefined : cells;
}

/** The result, or undefined where the input is refused: then the format that reads it says why. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
