import type { Digest } from "@metricgate/core/documents/digest";
import type { Links, ModelReport } from "../view.ts";

/** What is live in an environment, as far as the verdict knows it. */
export type Live =
  /** The verdict compared with it, as its baseline or as its second one. */
  | { known: "compared"; side: "baseline" | "anchor"; sha?: string; digest?: Digest }
  /** It is known, and the verdict compared with something else. */
  | { known: "not-compared"; sha?: string; digest?: Digest }
  | { known: "none" }
  | { known: "unknown"; why: string };

/** What lies between the live version's commit and the candidate's: the newest commits first, and the files that differ. */
export interface CodeChange {
  commits: { sha: string; title: string }[];
  /** All commits; more than are listed when there are many. */
  total: number;
  files: string[];
  /** False when more files differ than are listed. */
  complete: boolean;
}

/** A package whose pinned version differs; `before` is absent of a new one, `after` of one that is gone. */
export interface PinChange {
  name: string;
  before?: string;
  after?: string;
}

/** Everything that the summary for the people who approve a deployment is made of. Rendering is a pure function of it. */
export interface ApprovalView {
  environment: string;
  model: ModelReport;
  live: Live;
  /** Absent where it could not be found out. */
  code?: CodeChange;
  /** Pinned packages that differ, by name. */
  pins?: PinChange[];
  links: Links;
}
