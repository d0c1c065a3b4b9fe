import type { Digest } from "../documents/digest.ts";
import type { Evaluation } from "../documents/evaluation.ts";
import type { Note } from "../documents/fields.ts";
import type { Reason } from "../documents/verdict.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import type { Side } from "./decide-input.ts";
import { evalSetReason } from "./eval-set-reason.ts";
import { allRows, commonRows, type PairedTables } from "./pairing.ts";
import { because, remark } from "./reasons.ts";

/** Whether the numbers of two evaluations may be held against each other; `paired`: row by row, and these are the rows; `leftOut`: too many were not. */
export type Comparability =
  | { is: "comparable"; paired?: PairedTables; leftOut?: Reason; notes: Note[] }
  | { is: "incomparable"; reason: Reason; notes: Note[] };

/** The policy's words on what may be compared. */
export interface ComparabilityKeys {
  /** `accept-eval-set`. */
  accepted?: Digest;
  pairing?: ModelPolicy["pairing"];
}

/** Compares what two evaluations were measured on. */
export function comparability(candidate: Side, baseline: Side, keys: ComparabilityKeys): Comparability {
  const mine = candidate.received.document;
  const theirs = baseline.received.document;
  const notes: Note[] = [];
  const changed = evalSetReason(candidate, baseline, keys.pairing ?? "auto");
  if (changed !== undefined && !rowsDecide(mine, theirs, keys)) {
    const admitted =
      changed.code === "eval-set-changed" && keys.accepted !== undefined && mine.evalSet?.digest === keys.accepted;
    if (!admitted) return { is: "incomparable", reason: changed, notes };
    notes.push(
      remark(
        "eval-set-accepted",
        `${changed.text} The policy admits it once, so values on different data were compared.`,
      ),
    );
    return { is: "comparable", notes: [...notes, ...newClasses(mine, theirs)] };
  }
  if (mine.evalSet?.digest === undefined) {
    notes.push(
      remark(
        "eval-set-not-checked",
        "Neither side names the digest of its eval set, so a change of the data would not be noticed.",
      ),
    );
  }
  const task = taskReason(mine, theirs);
  if (task !== undefined) return { is: "incomparable", reason: task, notes };
  notes.push(...newClasses(mine, theirs));
  return rowsComparability(candidate, baseline, keys, notes);
}

/** A class that only the candidate's rows have changes what averages over classes mean. */
function newClasses(mine: Evaluation, theirs: Evaluation): Note[] {
  const before = theirs.rows?.task.classes;
  const added = before === undefined ? [] : (mine.rows?.task.classes ?? []).filter((name) => !before.includes(name));
  if (added.length === 0) return [];
  const shown = added.slice(0, 3).join(", ");
  const more = added.length > 3 ? ` and ${added.length - 3} more` : "";
  return [remark("class-new", `The baseline's rows do not have the class ${shown}${more}.`)];
}

/** Where both digests are of the rows themselves, a policy that asks for other than the same rows is not answered by them. */
function rowsDecide(mine: Evaluation, theirs: Evaluation, { accepted, pairing = "auto" }: ComparabilityKeys): boolean {
  if (pairing === "auto" || mine.evalSet?.digest === accepted) return false;
  return mine.evalSet?.of === "rows" && theirs.evalSet?.of === "rows";
}

function taskReason(mine: Evaluation, theirs: Evaluation): Reason | undefined {
  const candidate = mine.rows?.task;
  const baseline = theirs.rows?.task;
  if (candidate === undefined || baseline === undefined) return undefined;
  if (candidate.task !== baseline.task) {
    return because("task-changed", `The task changed from ${baseline.task} to ${candidate.task}.`);
  }
  if (candidate.positive === baseline.positive) return undefined;
  return because(
    "task-changed",
    `The positive class changed from ${baseline.positive ?? "none"} to ${candidate.positive ?? "none"}.`,
  );
}

function rowsComparability(candidate: Side, baseline: Side, keys: ComparabilityKeys, notes: Note[]): Comparability {
  if (keys.pairing === "none") {
    const text = "The policy asks for unpaired comparisons (pairing: none), which need about three times the rows.";
    return { is: "comparable", notes: [...notes, remark("pairing-none", text)] };
  }
  if (candidate.rows !== undefined && baseline.rows !== undefined) {
    const tables = { candidate: candidate.rows, baseline: baseline.rows };
    const pairing = keys.pairing === "intersection" ? commonRows(tables) : allRows(tables);
    return "unpaired" in pairing
      ? { is: "incomparable", reason: pairing.unpaired, notes }
      : {
          is: "comparable",
          paired: pairing.paired,
          notes: [...notes, ...pairing.notes],
          ...(pairing.leftOut === undefined ? {} : { leftOut: pairing.leftOut }),
        };
  }
  const counted = candidate.received.document.rows?.count;
  const before = baseline.received.document.rows?.count;
  if (counted !== undefined && before !== undefined && counted !== before) {
    const text = `The candidate was measured on ${counted} rows, the baseline on ${before}.`;
    return { is: "incomparable", reason: because("unpaired", text), notes };
  }
  if (candidate.rows !== undefined || baseline.rows !== undefined) {
    const side = candidate.rows === undefined ? "baseline" : "candidate";
    notes.push(
      remark(
        "rows-not-paired",
        `Only the ${side}'s rows are at hand, so the comparison is unpaired and needs more rows. The artifact store keeps rows; the ledger does not.`,
      ),
    );
  }
  return { is: "comparable", notes };
}
