import type { Note } from "@metricgate/core/documents/fields";
import { UserError } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { byCodePoint } from "../text/code-point-order.ts";
import { shown } from "../text/shown.ts";

/** The name of a class as it is compared: a whole number has no fraction, so that `1`, `1.0` and `+1` are one class. */
export function className(text: string): string {
  const found = /^\s*([+-]?)(\d+)(?:\.0*)?\s*$/.exec(text);
  if (found === null) return text;
  const [, sign = "", digits = ""] = found;
  return sign === "-" && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** All classes, sorted by code point; a lone `0` or `1` is one of two. */
export function classesOfNames(names: Iterable<string>): string[] {
  const classes = new Set(names);
  if ([...classes].every((name) => name === "0" || name === "1")) return ["0", "1"];
  return [...classes].sort(byCodePoint);
}

const usualPositives = ["1", "true", "yes"];

/**
 * The positive class: the one given, else of two classes the one called 1, true or yes, else the later one, which a note says.
 * Undefined when there are more than two and none is given.
 * @throws UserError `positive-unknown`
 */
export function positiveClass(
  classes: readonly string[],
  given: string | undefined,
  file: string,
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
  const usual = classes.find((name) => usualPositives.includes(name.toLowerCase()));
  if (usual !== undefined) return { positive: usual, notes: [] };
  const positive = classes[1] ?? "";
  const text = `${shown(positive)} was taken as the positive class of ${file}; name another with \`positive\`.`;
  return { positive, notes: [{ code: "positive", text }] };
}
