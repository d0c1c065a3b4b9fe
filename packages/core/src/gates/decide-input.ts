import type { Received } from "../documents/kinds.ts";
import type { Policy } from "../policy/schema.ts";
import type { RowTable } from "../tables/row-table.ts";

/** One version's evaluation as received, with its rows when they are at hand. */
export interface Side {
  received: Received<"evaluation">;
  rows?: RowTable;
  /** The rows of further training runs, in the order of `rows.repeats`; each pairs with `rows`. */
  repeats?: RowTable[];
}

/** All that a verdict is made of. `earlier` are the attempts that the selection names, in any order. */
export interface DecideInput {
  candidate: Side;
  baseline?: Side;
  /** The second baseline that the policy's `anchor` names. */
  anchor?: Side;
  selection: Received<"selection">;
  policy?: Policy;
  earlier?: Side[];
}
