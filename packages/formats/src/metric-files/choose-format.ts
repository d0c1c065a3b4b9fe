import { UserError } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { checkText } from "../text/decode-text.ts";
import { metricFormats } from "./format-list.ts";
import type { FileHead, MetricFormat } from "./metric-format.ts";

/** A format, and why it was taken: the user named it, only it writes such content, or the file reads as one. */
export interface Chosen {
  format: MetricFormat;
  because: "content" | "likeness" | "named";
}

/**
 * The format of a file: the one that is named, else the one that is sure, else the first of the list that is likely.
 * @throws UserError `format-name-unknown`, `format-ambiguous`, `format-unknown`, `not-utf8`, `nul-byte`
 */
export function chooseFormat(head: FileHead, named?: string): Chosen {
  const where = { file: head.path, ...(head.text === undefined ? {} : { line: 1 }) };
  if (named !== undefined) {
    const format = metricFormats.find(({ name }) => name === named);
    if (format !== undefined) return { format, because: "named" };
    const names = metricFormats.map(({ name }) => name);
    const near = closest(named, names);
    const next = near === undefined ? `The formats are ${names.join(", ")}.` : `Did you mean ${near}?`;
    throw new UserError("format-name-unknown", `There is no format ${named} to read ${head.path} as.`, next, where);
  }
  const found = metricFormats.map((format) => ({ format, is: format.detect(head) }));
  const [sure, second] = found.filter(({ is }) => is === "sure");
  if (sure !== undefined && second !== undefined) {
    const names = [sure.format.name, second.format.name];
    throw new UserError(
      "format-ambiguous",
      `${head.path} reads as ${names.join(" and as ")}.`,
      `Say which it is: write ${names[0]}:${head.path} or ${names[1]}:${head.path} in \`metrics\`.`,
      where,
    );
  }
  if (sure !== undefined) return { format: sure.format, because: "content" };
  const likely = found.find(({ is }) => is === "likely");
  if (likely !== undefined) return { format: likely.format, because: "likeness" };
  if (head.text === undefined && !isBinary(head)) checkText(head.bytes, head.path);
  throw new UserError(
    "format-unknown",
    `${head.path} is no metric file that is known: neither JSON, YAML, TOML, a table nor lines of name=value, nor a file of the tools that \`metricgate formats\` lists.`,
    'Write JSON such as {"accuracy": 0.93}, or a table with the header metric,value.',
    where,
  );
}

/** Whether the bytes are of no text at all, so that "save it as UTF-8" would lead nowhere. */
function isBinary(head: FileHead): boolean {
  const [first, second] = head.bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !utf16 && head.bytes.includes(0);
}
