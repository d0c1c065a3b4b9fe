import type { Verdict } from "@metricgate/core/documents/verdict";
import { plural } from "../format/number.ts";
import { named, type Sentence, said, words } from "./piece.ts";

/** Who waived which result, until when and why, one line each; those that no longer fit are counted. */
export function waiverLines(verdict: Verdict, most: number): Sentence[] {
  const waived = verdict.gates.flatMap(({ id, waiver }) => (waiver === undefined ? [] : [{ id, waiver }]));
  const lines = waived
    .slice(0, most)
    .map(
      ({ id, waiver: { reason, by, until } }): Sentence => [
        words("Waived: "),
        named(id),
        words(" until "),
        said(until),
        words(", by "),
        named(by),
        words(": "),
        said(reason),
      ],
    );
  const left = waived.length - lines.length;
  return left > 0 ? [...lines, [words(`${plural(left, "more result")} waived.`)]] : lines;
}
