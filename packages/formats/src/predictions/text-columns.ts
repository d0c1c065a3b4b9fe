import { createHash } from "node:crypto";
import { UserError } from "@metricgate/core/errors/user-error";
import { exactMatch, tokenF1 } from "@metricgate/core/metrics/text/answer-scores";
import type { CategoryColumn, Column } from "@metricgate/core/tables/row-table";
import { type TextCells, textAt } from "@metricgate/core/tables/text-cells";
import type { TableColumns } from "../tables/open-table.ts";
import { sortedCategory } from "../tables/table-columns.ts";
import type { Chosen } from "./choose-columns.ts";
import { referenceList } from "./reference-list.ts";

/**
 * The columns of a table of texts. With references (`label`, one text or a JSON array of them) and predictions: the values `exact_match`
 * and `token_f1`. With `samples` and `correct`: values of these names. Texts are not kept; the label is the SHA-256 of the references' cell.
 * @throws UserError `text-columns-missing`, `not-a-number`
 */
export function textColumns(table: TableColumns, { places, values }: Chosen): Map<string, Column> {
  const columns = new Map<string, Column>();
  const { label, prediction, samples, correct } = places;
  if (label !== undefined) {
    const references = table.texts(label);
    columns.set("label", digests(references));
    if (prediction !== undefined) addScores(columns, table.texts(prediction), references);
  }
  for (const [name, place] of [["samples", samples] as const, ["correct", correct] as const]) {
    if (place !== undefined) columns.set(`value:${name}`, { type: "number", values: table.numbers(place, name) });
  }
  if (![...columns.keys()].some((name) => name.startsWith("value:")) && values.length === 0) {
    throw new UserError(
      "text-columns-missing",
      `${table.file} has neither references with predictions, nor counts of samples, nor columns of row values.`,
      "Name them with label=… and prediction=…, with samples=… and correct=…, or with values=….",
      { file: table.file, line: 1 },
    );
  }
  return columns;
}

function addScores(columns: Map<string, Column>, predictions: TextCells, references: TextCells): void {
  const [exact, f1] = [new Float64Array(references.count), new Float64Array(references.count)];
  for (let row = 0; row < references.count; row++) {
    const said = textAt(predictions, row);
    const wanted = referenceList(textAt(references, row));
    exact[row] = exactMatch(said, wanted);
    f1[row] = tokenF1(said, wanted);
  }
  columns.set("value:exact_match", { type: "number", values: exact });
  columns.set("value:token_f1", { type: "number", values: f1 });
}

/** Each text by its SHA-256 in hexadecimal digits, so that labels are compared without being kept. */
function digests({ count, bytes, offsets }: TextCells): CategoryColumn {
  const places = new Map<string, number>();
  const codes = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const text = bytes.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0);
    const name = createHash("sha256").update(text).digest("hex");
    const code = places.get(name) ?? places.size;
    places.set(name, code);
    codes[row] = code;
  }
  return sortedCategory(codes, [...places.keys()]);
}
