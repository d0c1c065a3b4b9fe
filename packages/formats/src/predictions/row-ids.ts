import { UserError } from "@metricgate/core/errors/user-error";
import { compareTexts, type TextCells, textAt, textCells, textsInOrder } from "@metricgate/core/tables/text-cells";
import type { TableColumns } from "../tables/open-table.ts";
import { sortTexts } from "../tables/sort-texts.ts";
import { shown } from "../text/shown.ts";

/** The ids of a table in code point order, and the row of each; no order when the rows have it already. */
export interface RowIds {
  ids: TextCells;
  order?: Int32Array;
}

/** Sorts the ids of a table. @throws UserError `id-empty`, `duplicate-id` with both places */
export function rowIds(table: TableColumns, column: number): RowIds {
  const { file, places } = table;
  const texts = table.texts(column);
  const order = sortTexts(texts);
  const ids = order === undefined ? texts : textsInOrder(texts, order);
  const rowAt = (place: number): number => order?.[place] ?? place;
  if (ids.count > 0 && ids.offsets[1] === 0) {
    const what = `A row of ${file} has an empty id.`;
    table.refuse("id-empty", what, "Give every row an id, the same on both sides.", rowAt(0));
  }
  for (let i = 1; order !== undefined && i < ids.count; i++) {
    if (compareTexts(ids, i, ids, i - 1) !== 0) continue;
    const [first = 0, second = 0] = [rowAt(i - 1), rowAt(i)].sort((a, b) => a - b).map(places.of);
    const text = `The id ${shown(textAt(ids, i))} stands on ${places.unit}s ${first} and ${second} of ${file}.`;
    throw new UserError("duplicate-id", text, "Give every row its own id, or name another id column.", {
      file,
      ...(places.unit === "line" ? { line: second } : {}),
    });
  }
  return { ids, ...(order === undefined ? {} : { order }) };
}

/** Ids for a table without any: the row's number from 1, with nine digits so that their order is the order of the rows. */
export function positionIds(count: number): RowIds {
  return { ids: textCells(Array.from({ length: count }, (_, row) => String(row + 1).padStart(9, "0"))) };
}
