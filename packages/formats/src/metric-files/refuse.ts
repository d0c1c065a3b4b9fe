import { UserError } from "@metricgate/core/errors/user-error";
import { positionAt } from "../text/position.ts";
import { shown } from "../text/shown.ts";

/** The refusals of one metric file, each with its line and column. */
export interface Refuse {
  textForNumber(name: string, text: string, at: number): never;
  decimalComma(name: string, text: string, at: number): never;
  field(name: string, field: string, wanted: string, at: number): never;
  shape(what: string, next: string, at: number): never;
  name(code: string, what: string, next: string, at: number): never;
}

/** Refusals that point into a text, or at the whole file where it is no text. */
export function refusals(text: string | undefined, file: string): Refuse {
  const fail = (code: string, what: string, next: string, at: number): never => {
    throw new UserError(code, what, next, { file, ...(text === undefined ? {} : positionAt(text, at)) });
  };
  return {
    textForNumber: (name, value, at) =>
      fail(
        "metric-is-text",
        `${shown(name)} in ${file} is the text ${shown(value)}, not a number.`,
        "Write the number without quotes.",
        at,
      ),
    decimalComma: (name, value, at) =>
      fail(
        "decimal-comma",
        `${shown(name)} in ${file} is ${shown(value)}: a comma is read as the end of a value, not as a decimal point.`,
        "Write numbers with a decimal point, as in 0.9.",
        at,
      ),
    field: (name, field, wanted, at) =>
      fail(
        "metric-field",
        `${field} of ${shown(name)} in ${file} is not ${wanted}.`,
        `Write ${field} as ${wanted}, or leave it out.`,
        at,
      ),
    shape: (what, next, at) => fail("metric-shape", what, next, at),
    name: fail,
  };
}
