import { UserError } from "@metricgate/core/errors/user-error";
import { codePointOrder } from "@metricgate/core/text/code-point-order";
import { spreadName } from "../tables/spread-columns.ts";
import { shown } from "../text/shown.ts";
import { usualNames } from "./column-roles.ts";

/** A column of one class; `certain` when its name can mean nothing else, as in `score:CLASS`. */
export interface ClassPlace {
  name: string;
  place: number;
  certain: boolean;
}

/** What can stand in one column for each class. */
export type ClassRole = "label" | "prediction" | "score";

const scoreName = /^(?:score|prob|proba|p)[_:](.+)$/i;

/** Whether the columns of a table are those of a list or mapping of that name, one for each class. */
export function isSpread(name: string, header: readonly string[]): boolean {
  return !header.includes(name) && header.some((cell) => afterPrefix(cell, prefixesOf(name)) !== undefined);
}

/**
 * The columns that hold a role class by class, by class in code point order: those of the list that was named, else by their usual names,
 * such as `label:CLASS`, `y_pred:CLASS`, `score:CLASS` or `prob_CLASS`.
 * @param free whether a column has no other meaning
 * @throws UserError `column-twice`
 */
export function classPlaces(
  role: ClassRole,
  header: readonly string[],
  given: string | undefined,
  free: (place: number) => boolean,
  file: string,
): ClassPlace[] {
  const found = header
    .flatMap((cell, place) => {
      const name = given === undefined ? usualClass(role, cell) : afterPrefix(cell, prefixesOf(given));
      return name === undefined || !free(place) ? [] : [{ name, place, certain: cell.includes(":") }];
    })
    .sort((a, b) => codePointOrder(a.name, b.name));
  const twice = found.find(({ name }, index) => found[index + 1]?.name === name);
  if (twice === undefined) return found;
  const text = `${file} has two columns with ${role}s of the class ${shown(twice.name)}.`;
  throw new UserError("column-twice", text, "Rename one of them.", { file, line: 1 });
}

function usualClass(role: ClassRole, cell: string): string | undefined {
  if (role === "score") return scoreName.exec(cell)?.[1];
  const at = cell.indexOf(":");
  if (at < 0 || at === cell.length - 1) return undefined;
  return usualNames(role, "classification").includes(cell.slice(0, at).toLowerCase()) ? cell.slice(at + 1) : undefined;
}

/** A list of scores is spread under the one name `score`. */
function prefixesOf(name: string): string[] {
  return [`${name}:`, spreadName(name, "")];
}

function afterPrefix(cell: string, prefixes: readonly string[]): string | undefined {
  const prefix = prefixes.find((each) => cell.startsWith(each) && cell.length > each.length);
  return prefix === undefined ? undefined : cell.slice(prefix.length);
}
