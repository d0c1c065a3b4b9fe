import { bootstrapRows } from "../bootstrap/row-bootstrap.ts";
import { unitsOf } from "../bootstrap/units.ts";
import type { DifferenceFound } from "../difference.ts";
import { fromReplicates } from "./from-replicates.ts";
import type { Sides } from "./sides.ts";

/** The stream of the row bootstrap. */
const STREAM = 2;

/** Metrics without influence values: the paired bootstrap of rows, or of groups. Undefined for other metrics. */
export function byRows(sides: Sides): DifferenceFound | undefined {
  const mine = sides.candidate.reweighted;
  const theirs = sides.baseline.reweighted;
  if (mine === undefined || theirs === undefined) return undefined;
  const { n } = sides.candidate;
  const units = unitsOf(n, sides.group, sides.options.at);
  const [candidate, baseline] = bootstrapRows([mine, theirs], n, units, {
    seed: sides.options.seed ?? 1,
    stream: STREAM,
  });
  if (candidate === undefined || baseline === undefined) return undefined;
  return fromReplicates(
    sides,
    { candidate, baseline },
    { method: "row-bootstrap", units: units.count, symmetric: false },
  );
}
