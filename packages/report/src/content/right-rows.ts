import type { RowTable } from "@metricgate/core/tables/row-table";

/** For each row 1 when the model was right and 0 when not: prediction equals label, or a text that matched or passed. Undefined where that is not known. */
export function rightRows({ count, columns }: RowTable): Uint8Array | undefined {
  const label = columns.get("label");
  const prediction = columns.get("prediction");
  if (label?.type === "category" && prediction?.type === "category") {
    const codeOf = new Map(label.names.map((name, code) => [name, code]));
    const moved = prediction.names.map((name) => codeOf.get(name) ?? -1);
    return Uint8Array.from({ length: count }, (_, row) =>
      Number(moved[prediction.codes[row] ?? -1] === label.codes[row]),
    );
  }
  const passed = columns.get("value:pass") ?? columns.get("value:exact_match");
  if (passed?.type !== "number" || !passed.values.every((value) => value === 0 || value === 1)) return undefined;
  return Uint8Array.from(passed.values);
}
