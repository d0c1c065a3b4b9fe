import { spreadLimit, spreadName } from "../tables/spread-columns.ts";

/** Where the value of a key goes: to one column, or spread over several, by place in a list or by key of a mapping. */
export interface JsonKey {
  /** The key between its quotes, as it stands in the file. */
  raw: Uint8Array;
  name: string;
  /** The column; −1 for a key that is no column, or that is spread. */
  column: number;
  places?: readonly number[];
  fields?: ReadonlyMap<string, number>;
  /** The row in which the key was met last. */
  seen: number;
}

/** The columns of a file in the order in which they came, and the keys that lead to them. */
export interface JsonColumns {
  names: string[];
  /** In the order in which they came, which is the order of most rows. */
  keys: JsonKey[];
  byName: Map<string, JsonKey>;
}

/** No columns yet. */
export function jsonColumns(): JsonColumns {
  return { names: [], keys: [], byName: new Map() };
}

/** Adds a key with its first value that is not null: a list and a mapping of numbers, or of booleans, are spread. */
export function addKey(columns: JsonColumns, raw: Uint8Array, name: string, first: unknown): JsonKey {
  const { names } = columns;
  const key: JsonKey = { raw: Uint8Array.from(raw), name, column: -1, seen: -1 };
  const room = names.length;
  if (Array.isArray(first) && first.length > 0 && first.length <= spreadLimit && first.every(isNumber)) {
    key.places = first.map((_, place) => room + place);
    names.push(...first.map((_, place) => spreadName(name, place)));
  } else if (isMapping(first) && fieldsOf(first).length > 0 && fieldsOf(first).every(([, value]) => isNumber(value))) {
    const fields = fieldsOf(first).slice(0, spreadLimit);
    key.fields = new Map(fields.map(([field], place) => [field, room + place]));
    names.push(...fields.map(([field]) => spreadName(name, field)));
  } else {
    key.column = room;
    names.push(name);
  }
  columns.keys.push(key);
  columns.byName.set(name, key);
  return key;
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean" || value === null;
}

function isMapping(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOf(value: object): [string, unknown][] {
  return Object.entries(value);
}
