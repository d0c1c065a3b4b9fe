import type { Digest } from "../documents/digest.ts";
import type { Note } from "../documents/fields.ts";
import type {
  Attempt,
  BaselineChosen,
  BaselineMissing,
  PastRun,
  PolicyFound,
  Selection,
} from "../documents/selection.ts";
import { remark } from "../gates/reasons.ts";
import type { BaselineLookup } from "../ports/baseline-store.ts";
import { daysBetween, maxAgeDays } from "./age.ts";
import { type KnownModels, missingBaseline } from "./first-run.ts";

/**
 * The evaluation of the baseline that was found: its digest and commit date, or why its bytes are none. `remeasured` is the commit when it
 * was measured again on the candidate's eval set.
 */
export type BaselineRead = { evaluation: Digest; committedAt?: string; remeasured?: string } | { unreadable: string };

/** All that a selection is made of. Dates are commit dates. */
export interface SelectionFacts {
  model: string;
  lookup: BaselineLookup;
  /** What was read from `lookup.files`; absent only when nothing was found. */
  read?: BaselineRead;
  policy: PolicyFound;
  models: KnownModels;
  /** `max-age` of the policy, such as `14d`. */
  maxAge?: string;
  /** The committer date of the tested commit. */
  committedAt?: string;
  mode?: "judge" | "inform";
  earlier?: Attempt[];
  /** The second baseline that the policy asks for. */
  anchor?: { asked: string; lookup: BaselineLookup; read?: BaselineRead };
  /** Accepted runs, oldest first, when a gate asks for them and the store keeps them. */
  history?: PastRun[];
  notes?: Note[];
}

/** The selection: the baseline and the policy as they were found. The same facts give the same document. */
export function toSelection(facts: SelectionFacts): Selection {
  const { model, policy, mode, earlier } = facts;
  const { chosen, notes } = choose(facts);
  const all = [...(facts.notes ?? []), ...notes];
  return {
    kind: "metricgate/selection@1",
    model,
    ...chosen,
    ...(facts.anchor === undefined ? {} : chooseAnchor(facts.anchor, facts.committedAt)),
    ...(facts.history === undefined ? {} : { history: facts.history }),
    policy,
    ...(mode === undefined ? {} : { mode }),
    ...(earlier === undefined || earlier.length === 0 ? {} : { earlier }),
    ...(all.length === 0 ? {} : { notes: all }),
  };
}

interface Chosen {
  chosen: Pick<Selection, "baseline" | "baselineMissing">;
  notes: Note[];
}

function choose(facts: SelectionFacts): Chosen {
  const { lookup, read, model, models } = facts;
  if (!lookup.found) return { chosen: { baselineMissing: missingBaseline(model, lookup, models) }, notes: [] };
  if (read === undefined || "unreadable" in read) {
    const text = `The baseline from ${lookup.from} could not be read: ${read?.unreadable ?? "it is empty"}.`;
    return { chosen: { baselineMissing: { code: "baseline-unreadable", text, tried: lookup.tried } }, notes: [] };
  }
  const found = chosenOf(lookup, read, facts.committedAt);
  const { from, behind, ageDays } = found;
  const ages = from === "ancestor" || from === "latest";
  const allowed = maxAgeDays(facts.maxAge);
  const baseline: BaselineChosen = {
    ...found,
    ...(ages && ageDays !== undefined && ageDays > allowed ? { stale: true, maxAgeDays: allowed } : {}),
  };
  const notes: Note[] = [];
  if (ages && ageDays === undefined) {
    notes.push(
      remark("ages-not-checked", `The age of the baseline from ${from} is not known, so max-age was not checked.`),
    );
  }
  if (behind !== undefined && behind > 0) {
    notes.push(
      remark(
        "baseline-behind",
        `The baseline was measured ${behind} ${behind === 1 ? "commit" : "commits"} before the base.`,
      ),
    );
  }
  return { chosen: { baseline }, notes };
}

function chosenOf(
  { from, sha, behind }: Extract<BaselineLookup, { found: true }>,
  read: Extract<BaselineRead, { evaluation: Digest }>,
  committedAt: string | undefined,
): BaselineChosen {
  const ageDays = daysBetween(read.committedAt, committedAt);
  return {
    evaluation: read.evaluation,
    from: read.remeasured === undefined ? from : `remeasured:${read.remeasured}`,
    ...(sha === undefined ? {} : { sha }),
    ...(behind === undefined ? {} : { behind }),
    ...(ageDays === undefined ? {} : { ageDays }),
  };
}

/** The anchor is a release: it may be old, so its age is told and never judged. */
function chooseAnchor(
  { asked, lookup, read }: NonNullable<SelectionFacts["anchor"]>,
  committedAt: string | undefined,
): Pick<Selection, "anchor" | "anchorMissing"> {
  const { tried } = lookup;
  const missing = (code: BaselineMissing["code"], text: string) => ({ anchorMissing: { code, text, tried } });
  if (!lookup.found) {
    const found = tried.map((one) => one.found).join("; ");
    return missing(withoutAnchor[lookup.why], `There is no evaluation for the anchor ${asked}: ${found}.`);
  }
  if (read === undefined || "unreadable" in read) {
    return missing(
      "baseline-unreadable",
      `The anchor ${asked} could not be read: ${read?.unreadable ?? "it is empty"}.`,
    );
  }
  return { anchor: chosenOf(lookup, read, committedAt) };
}

const withoutAnchor = {
  none: "baseline-missing",
  "no-base": "base-not-given",
  expired: "baseline-expired",
  unavailable: "store-unavailable",
} as const;
