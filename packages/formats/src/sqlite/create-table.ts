import type { SqliteValue } from "./record.ts";

/** A column as the statement that made the table states it. */
export interface SqliteColumn {
  name: string;
  /** What rows that are older than the column hold. */
  fallback: SqliteValue;
}

/** The columns of a table in the order in which its records hold them. */
export interface SqliteShape {
  columns: SqliteColumn[];
  /** The column that stands for the row id, and is null in records. */
  rowId?: string;
  withoutRowId: boolean;
}

const token =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|'(?:[^']|'')*'|[A-Za-z_][\w$]*|[\d.]+(?:e[+-]?\d+)?|./gi;
const constraints = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

/** Reads a CREATE TABLE statement; undefined when it is none with a list of columns. */
export function tableShape(sql: string): SqliteShape | undefined {
  const tokens = (sql.match(token) ?? []).filter((part) => !/^(?:\s|--|\/\*)/.test(part));
  const open = tokens.indexOf("(");
  if (open < 0) return undefined;
  const items: string[][] = [[]];
  let depth = 1;
  let at = open + 1;
  for (; at < tokens.length && depth > 0; at++) {
    const part = tokens[at] ?? "";
    if (part === "(") depth++;
    if (part === ")") depth--;
    if (depth === 1 && part === ",") items.push([]);
    else if (depth > 0) items.at(-1)?.push(part);
  }
  const columns: SqliteColumn[] = [];
  let rowId: string | undefined;
  for (const item of items) {
    const upper = item.map((part) => part.toUpperCase());
    const [first = "", type] = upper;
    const primary = upper.indexOf("PRIMARY");
    if (!constraints.has(first)) {
      const name = bareName(item[0] ?? "");
      columns.push({ name, fallback: fallbackOf(item, upper) });
      if (primary >= 0 && type === "INTEGER") rowId = name;
    } else if (primary >= 0) {
      const key = item.slice(primary + 3, item.indexOf(")", primary));
      const name = bareName(key[0] ?? "");
      const whole = items.find((other) => bareName(other[0] ?? "") === name)?.[1]?.toUpperCase() === "INTEGER";
      if (key.length === 1 && whole) rowId = name;
    }
  }
  const withoutRowId = /\bWITHOUT\s+ROWID\b/i.test(tokens.slice(at).join(" "));
  return { columns, withoutRowId, ...(rowId === undefined ? {} : { rowId }) };
}

function bareName(written: string): string {
  const [first = ""] = written;
  if (first === "[") return written.slice(1, -1);
  return "\"`'".includes(first) && first !== "" ? written.slice(1, -1).replaceAll(first + first, first) : written;
}

function fallbackOf(item: readonly string[], upper: readonly string[]): SqliteValue {
  const at = upper.indexOf("DEFAULT");
  if (at < 0) return null;
  const parts = item.slice(at + 1).filter((part) => part !== "(");
  const negative = parts[0] === "-";
  const value = parts[negative || parts[0] === "+" ? 1 : 0] ?? "";
  if (value.startsWith("'")) return asType(value.slice(1, -1).replaceAll("''", "'"), upper.slice(1, at).join(" "));
  if (/^[\d.]/.test(value)) return negative ? -Number(value) : Number(value);
  return value.toUpperCase() === "TRUE" ? 1 : value.toUpperCase() === "FALSE" ? 0 : null;
}

/** A quoted number in a column of numbers is a number: a column without a type or of texts or bytes is none. */
function asType(text: string, type: string): SqliteValue {
  const texts = !type.includes("INT") && (/CHAR|CLOB|TEXT|BLOB/.test(type) || type === "");
  return texts || !/^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? text : Number(text);
}
