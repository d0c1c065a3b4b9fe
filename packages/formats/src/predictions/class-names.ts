import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { shown } from "../text/shown.ts";

/**
 * The name of a class as it is compared: a whole number has no fraction, so that `1`, `1.0` and `+1` are one class, and booleans are written small,
 * so that the `True` of a CSV by pandas is the `true` of every other file.
 */
export function className(text: string): string {
  if (text === "True" || text === "False") return text.toLowerCase();
  const found = /^\s*([+-]?)(\d+)(?:\.0*)?\s*$/.exec(text);
  if (found === null) return text;
  const [, sign = "", digits = ""] = found;
  return sign === "-" && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** All classes, sorted by code point; a lone `0` or `1` is one of two. */
export function classesOfNames(names: Iterable<string>): string[] {
  const classes = new Set(names);
  if ([...classes].every((name) => name === "0" || name === "1")) return ["0", "1"];
  return [...classes].sort(codePointOrder);
}

/** Pairs of names whose positive one nobody doubts, in lower case: negative, positive. */
const usualPairs = [
  ["0", "1"],
  ["-1", "1"],
  ["false", "true"],
  ["no", "yes"],
  ["n", "y"],
  ["f", "t"],
  ["negative", "positive"],
  ["neg", "pos"],
];

/**
 * The positive class: the one given, else that of a usual pair such as no and yes. Undefined when there are more than two classes and
 * none is given, or two of an unusual pair without a score. It is never guessed: the wrong one would turn every loss into a gain.
 * @throws UserError `positive-unknown`
 */
export function positiveClass(
  classes: readonly string[],
  given: string | undefined,
  file: string,
  scored: boolean,
): { positive?: string; notes: Note[] } {
  if (given !== undefined) {
    const positive = classes.find((name) => name === className(given));
    if (positive !== undefined) return { positive, notes: [] };
    const meant = closest(given, classes);
    const list = classes.slice(0, 12).map(shown).join(", ");
    const next = `${meant === undefined ? "" : `Did you mean ${shown(meant)}? `}The classes are ${list}.`;
    throw new UserError(
      "positive-unknown",
      `The positive class ${shown(given)} is not among the classes of ${file}.`,
      next,
      { file },
    );
  }
  if (classes.length !== 2) return { notes: [] };
  const lower = classes.map((name) => name.toLowerCase());
  const pair = usualPairs.find(
    ([negative, positive]) => lower.includes(`${negative}`) && lower.includes(`${positive}`),
  );
  const usual = classes[lower.indexOf(`${pair?.[1]}`)];
  if (usual !== undefined) return { positive: usual, notes: [] };
  // Without a score every metric can treat the two alike.
  if (!scored) return { notes: [] };
  throw new UserError(
    "positive-unknown",
    `${file} has the classes ${classes.map(shown).join(" and ")}, and which of them is the positive one cannot be told.`,
    `Name it: \`positive: ${classes[1]}\` or \`positive: ${classes[0]}\`.`,
    { file },
  );
}
