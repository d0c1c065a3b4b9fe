import { UserError } from "@metricgate/core/errors/user-error";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import type { CellReader } from "../csv/cell-text.ts";
import type { Cells } from "../csv/scan-csv.ts";
import { sortCells } from "../csv/sort-cells.ts";
import { lineOfByte } from "../text/decode-text.ts";
import { shown } from "../text/shown.ts";

/** The ids of a table in code point order, and the row of each. */
export interface RowIds {
  ids: string[];
  order: Int32Array;
}

/** Sorts the ids of a table. @throws UserError `id-empty`, `duplicate-id` with both lines */
export function rowIds(bytes: Uint8Array, cells: Cells, count: number, reader: CellReader, file: string): RowIds {
  const lineOf = (row: number): number => lineOfByte(bytes, cells.starts[row] ?? 0);
  const { ids, order } =
    cells.quoted?.includes(2) === true ? byText(cells, count, reader) : byBytes(bytes, cells, count, reader);
  if (ids[0] === "") {
    throw new UserError(
      "id-empty",
      `A row of ${file} has an empty id.`,
      "Give every row an id, the same on both sides.",
      { file, line: lineOf(order[0] ?? 0) },
    );
  }
  for (let i = 1; i < count; i++) {
    if (ids[i] !== ids[i - 1]) continue;
    const [first, second] = [lineOf(order[i - 1] ?? 0), lineOf(order[i] ?? 0)].sort((a, b) => a - b);
    const text = `The id ${shown(ids[i] ?? "")} stands on lines ${first} and ${second} of ${file}.`;
    throw new UserError("duplicate-id", text, "Give every row its own id, or name another id column.", {
      file,
      ...(second === undefined ? {} : { line: second }),
    });
  }
  return { ids, order };
}

function byBytes(bytes: Uint8Array, cells: Cells, count: number, reader: CellReader): RowIds {
  const order = sortCells(bytes, cells, count);
  const ids = new Array<string>(count);
  for (let i = 0; i < count; i++) ids[i] = reader.text(cells, order[i] ?? 0);
  return { ids, order };
}

/** Bytes with doubled quotes are not the text, so texts are compared. */
function byText(cells: Cells, count: number, reader: CellReader): RowIds {
  const texts = Array.from({ length: count }, (_, row) => reader.text(cells, row));
  const order = Int32Array.from(texts.keys()).sort((a, b) => codePointOrder(texts[a] ?? "", texts[b] ?? "") || a - b);
  return { ids: Array.from(order, (row) => texts[row] ?? ""), order };
}

/** Ids for a table without any: the row's number from 1, with nine digits so that their order is the order of the rows. */
export function positionIds(count: number): RowIds {
  return {
    ids: Array.from({ length: count }, (_, row) => String(row + 1).padStart(9, "0")),
    order: Int32Array.from({ length: count }, (_, row) => row),
  };
}
