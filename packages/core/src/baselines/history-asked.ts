import type { Evaluation } from "../documents/evaluation.ts";
import type { Note } from "../documents/fields.ts";
import type { Received } from "../documents/kinds.ts";
import type { PastRun } from "../documents/selection.ts";
import { matchesGlob } from "../gates/glob.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import { isWaived, policyMarks } from "./accepted.ts";

const DEFAULT_WINDOW = 20;

/** What the gates with `history` need of the past: names or globs of metrics, and the largest window. */
export interface HistoryAsked {
  window: number;
  metrics: string[];
}

/** What a model's gates ask of the past; undefined when none does. */
export function historyAsked(policy: ModelPolicy | undefined): HistoryAsked | undefined {
  const asking = (policy?.gates ?? []).flatMap((gate) =>
    gate.history === undefined ? [] : [{ gate, rule: gate.history }],
  );
  if (asking.length === 0) return undefined;
  return {
    window: Math.max(...asking.map(({ rule }) => rule.window ?? DEFAULT_WINDOW)),
    metrics: [...new Set(asking.flatMap(({ gate }) => [gate.metric, ...(gate.was ?? [])]))],
  };
}

/**
 * A past record as it was read; `unreadable` says why it is none. `waiversUsed` are the metrics whose waiver the verdict on it used, where that
 * verdict is known.
 */
export type PastRead =
  | { sha: string; received: Received<"evaluation">; waiversUsed?: readonly string[] }
  | { sha: string; unreadable: string };

/**
 * The past as the selection holds it, in the order given: values on all rows of the metrics asked for. Runs that cannot be read, and runs
 * on another eval set than the candidate's, are left out with a note.
 */
export function pastRuns(
  { metrics: asked }: HistoryAsked,
  read: readonly PastRead[],
  candidate: Evaluation,
): { history: PastRun[]; notes: Note[] } {
  const history: PastRun[] = [];
  const unreadable: string[] = [];
  let other = 0;
  const policies = policyMarks(read);
  for (const [at, past] of read.entries()) {
    if ("unreadable" in past) {
      unreadable.push(past.sha.slice(0, 7));
      continue;
    }
    const { document, digest } = past.received;
    const used = past.waiversUsed;
    if (document.evalSet?.digest !== candidate.evalSet?.digest) {
      other += 1;
      continue;
    }
    const { committedAt } = document.source;
    const values = document.metrics.flatMap(({ name, slice, value }): [string, number][] =>
      slice === undefined && value !== undefined && asked.some((glob) => matchesGlob(glob, name))
        ? [[name, value]]
        : [],
    );
    const waived = values.map(([name]) => name).filter((name) => isWaived(document, name));
    history.push({
      sha: past.sha,
      evaluation: digest,
      ...(committedAt === undefined ? {} : { committedAt }),
      values: Object.fromEntries(values),
      ...(waived.length === 0 ? {} : { waived }),
      ...(waived.length === 0 || used === undefined
        ? {}
        : { waiversUsed: waived.filter((name) => used.includes(name)) }),
      ...(policies[at] === true ? { policyChanged: true as const } : {}),
    });
  }
  const notes: Note[] = [];
  if (unreadable.length > 0) {
    const text = `${unreadable.length === 1 ? "1 past record" : `${unreadable.length} past records`} could not be read and left out of the history: ${unreadable.slice(0, 5).join(", ")}.`;
    notes.push({ code: "history-unreadable", text });
  }
  if (other > 0) {
    const text = `${other === 1 ? "1 past run was" : `${other} past runs were`} measured on another eval set and left out of the history.`;
    notes.push({ code: "history-other-eval-set", text });
  }
  return { history, notes };
}
