import type { Note } from "../documents/fields.ts";
import { clip } from "../text/clip.ts";
import type { DecideInput, Side } from "./decide-input.ts";
import { measuredReasons } from "./reason-table/measured-reasons.ts";

/** Notes of one code and side that are told; the others are counted. */
const MOST_TOLD = 3;
/** An evaluation may come from anywhere: a longer text is no remark of a reader of files. */
const LONGEST = 400;

/** Whether a remark of an evaluation bears on the trust in its numbers. */
export function bearsOnTrust({ code }: Note): boolean {
  return Object.hasOwn(measuredReasons, code);
}

/**
 * What the evaluations remark on their own numbers, for whoever reads the verdict: only remarks that bear on its trust, each with the version that
 * it is of, and once where both versions have it.
 */
export function measuredNotes({ candidate, baseline, anchor }: DecideInput): Note[] {
  const mine = remarksOf(candidate);
  const theirs = remarksOf(baseline);
  const unless = (other: ReadonlyMap<string, Note>) => (note: Note) => !other.has(keyOf(note));
  return [
    ...told(
      "Both versions",
      [...mine.values()].filter((note) => theirs.has(keyOf(note))),
    ),
    ...told("This version", [...mine.values()].filter(unless(theirs))),
    ...told("The baseline", [...theirs.values()].filter(unless(mine))),
    ...told("The second baseline", [...remarksOf(anchor).values()]),
  ];
}

function remarksOf(side: Side | undefined): Map<string, Note> {
  const notes = (side?.received.document.notes ?? []).filter(bearsOnTrust);
  const short = notes.map(({ code, text }): Note => ({ code, text: clip(text, LONGEST) }));
  return new Map(short.map((note) => [keyOf(note), note]));
}

function keyOf({ code, text }: Note): string {
  return `${code}\n${text}`;
}

function told(who: string, notes: readonly Note[]): Note[] {
  const byCode = new Map<string, Note[]>();
  for (const note of notes) {
    const same = byCode.get(note.code) ?? [];
    if (same.length === 0) byCode.set(note.code, same);
    same.push(note);
  }
  return [...byCode].flatMap(([code, all]) => {
    const left = all.length - MOST_TOLD;
    const shown = all.slice(0, MOST_TOLD).map(({ text }) => ({ code, text: `${who}: ${text}` }));
    if (left <= 0) return shown;
    return [
      ...shown,
      { code, text: `${who}: ${left} more ${left === 1 ? "remark" : "remarks"} of this kind, ${code}.` },
    ];
  });
}
