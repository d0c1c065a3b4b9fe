import type { Direction } from "../documents/fields.ts";

/** What is known of a computable metric. */
export interface Known {
  /** Which way is good; left out where only the user can know, as of the mean of any column. */
  direction?: Direction;
  /** Where `near` wants the value to be, when that is in its nature. */
  target?: number;
  /** The smallest and largest value it can take. */
  low: number;
  high: number;
  /** One sentence for the docs. */
  definition: string;
  /** What it equals: a function of a library, or the author and year of its source. */
  equals?: string;
}

/** The metrics that can be computed from the rows of one task. */
export interface KnownFamily {
  byName: ReadonlyMap<string, Known>;
  /** Reads a name with a parameter, such as `recall@fpr=0.01`. */
  byParameter(name: string): Known | undefined;
  /** One name of each kind that `byParameter` reads, for the docs and for suggestions. */
  examples: readonly string[];
}
