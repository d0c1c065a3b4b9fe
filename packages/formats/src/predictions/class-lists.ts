import type { TableColumns } from "../tables/open-table.ts";
import { shown } from "../text/shown.ts";
import { className } from "./class-names.ts";

/** Characters that a list may have. */
const listLimit = 100_000;

/**
 * The classes that a cell names: a list of texts or whole numbers as JSON writes it, or of texts as Python prints it. Undefined when it is none.
 */
export function classList(cell: string): string[] | undefined {
  const text = cell.trim();
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  const python = /^\[\s*'[^'"\\]*'(?:\s*,\s*'[^'"\\]*')*\s*\]$/.test(text);
  const items = listIn(python ? text.replaceAll("'", '"') : text);
  if (items === undefined) return undefined;
  const names = items.map((item) =>
    typeof item === "string" || Number.isSafeInteger(item) ? className(String(item)) : undefined,
  );
  const distinct = new Set(names.filter((name) => name !== undefined));
  return names.includes(undefined) ? undefined : [...distinct];
}

/** Whether a column holds lists of classes, by its first cell that is no number. */
export function holdsClassLists(table: TableColumns, place: number | undefined): boolean {
  return place !== undefined && classList(table.firstText(place)) !== undefined;
}

/**
 * The lists of a column: for each row the index of its list, and the lists.
 * @throws UserError `class-list`, `cell-empty`, `too-many-values`, `value-too-long`
 */
export function classListsOf(
  table: TableColumns,
  place: number,
  role: string,
): { codes: Int32Array; lists: string[][] } {
  const { codes, names } = table.category(place, role, false, listLimit);
  const lists = names.map((cell, code) => {
    const list = classList(cell);
    if (list !== undefined && !list.includes("")) return list;
    const what = `The ${role} in a row of ${table.file} is ${shown(cell)}, no list of classes, as others are.`;
    return table.refuse(
      "class-list",
      what,
      'Write a list such as ["cat", "dog"], and [] for none.',
      codes.indexOf(code),
    );
  });
  return { codes, lists };
}

function listIn(text: string): unknown[] | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
