import type { Evaluation } from "@metricgate/core/documents/evaluation";
import type { PastRun } from "@metricgate/core/documents/selection";
import type { Verdict } from "@metricgate/core/documents/verdict";
import type { RowTable } from "@metricgate/core/tables/row-table";

/** One model's part of a report. Evaluations and rows add detail when they are at hand; the verdict decides. */
export interface ModelReport {
  model: string;
  verdict?: Verdict;
  candidate?: Evaluation;
  baseline?: Evaluation;
  candidateRows?: RowTable;
  baselineRows?: RowTable;
  /** Accepted runs of the base branch, oldest first. */
  history?: PastRun[];
  /** What the report says of single rows: nothing, their ids (the default), or their columns too, in the HTML report. */
  examples?: "none" | "ids" | "columns";
  /** The step that measures ended without documents. */
  crashed?: { step: string; text: string; tail?: string };
}

/** Links that we built ourselves from ids; nothing of them comes from a document. */
export interface Links {
  /** `https://github.com/octo/ml`, without a slash at the end. */
  repository?: string;
  run?: string;
  report?: string;
}

/** What a trusted run leaves to the owners of the policy. */
export interface OwnerApproval {
  /** The policy's path; its owners approve. */
  policy: string;
  /** The protected files that the change touches. */
  files: readonly string[];
  /** The change edits the policy. */
  policyEdited: boolean;
  /** The edited policy adds waivers, which are in force once an owner approved. */
  waivers: boolean;
  /** The base branch, where no success is given for it. */
  refusedBase?: string;
  /** The owners who approved exactly this head. */
  approvedBy: readonly string[];
}

/** Everything a report is made of. Rendering is a pure function of it. */
export interface ReportView {
  models: ModelReport[];
  /** The commit that was judged, as people know it: the pull request's head. */
  head?: string;
  /** The branch that the baseline stands for, for sentences such as "than main". */
  baseBranch?: string;
  /** The head has moved on since: this is an answer about an older commit. */
  stale?: { head: string };
  /** What an earlier push of this pull request got, newest last. */
  earlier?: { head: string; text: string }[];
  /** On a laptop: the command that computes the same verdict again. */
  reproduce?: string;
  /** Of a trusted run whose pull request touches protected files or the policy. */
  ownerApproval?: OwnerApproval;
  /** A push to the base branch: this evaluation is the next baseline. */
  recorded?: boolean;
  /** What could not be posted or read, each with its next step. */
  advice?: string[];
  links: Links;
}

/** The states of DESIGN §7, in order of precedence. */
export type ReportState =
  | "crashed"
  | "stale"
  | "fail"
  | "inconclusive"
  | "warn"
  | "first-run"
  | "pass"
  | "not-judged"
  | "nothing-changed";
