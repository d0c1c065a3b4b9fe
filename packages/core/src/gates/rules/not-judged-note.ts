import type { Note } from "../../documents/fields.ts";
import { percentText } from "../number-text.ts";
import { remark } from "../reasons.ts";

/** How many slices or groups were not judged for too few rows, and which share of the rows they are; nothing when all were. */
export function notJudgedNote(
  what: string,
  few: readonly { n: number | undefined }[],
  all: readonly { n: number | undefined }[],
): Note[] {
  if (few.length === 0) return [];
  const rows = total(all);
  const share = rows === undefined || rows === 0 ? "" : `, ${percentText((total(few) ?? 0) / rows)} of the rows`;
  return [
    remark("slices-not-judged", `${few.length} of ${all.length} ${what} were not judged for too few rows${share}.`),
  ];
}

function total(parts: readonly { n: number | undefined }[]): number | undefined {
  let rows = 0;
  for (const { n } of parts) {
    if (n === undefined) return undefined;
    rows += n;
  }
  return rows;
}
