import type { ReportState } from "@metricgate/report/view";

/** What was judged before in this pull request, as the comment remembers it. */
export interface EarlierPush {
  head: string;
  text: string;
}

/** A comment to be written: `body` gets what the comment remembers and returns nothing where it should stay silent. */
export interface CommentDraft {
  key: string;
  state: ReportState;
  /** A short text for "earlier in this pull request": our own words only. */
  summary: string;
  body(earlier: EarlierPush[], exists: boolean): string | undefined;
}

export interface CheckDraft {
  title: string;
  summary: string;
  conclusion: "success" | "failure" | "neutral";
  annotations: { path: string; line: number; level: "failure" | "warning"; message: string }[];
}

export interface Annotation {
  level: "error" | "warning" | "notice";
  text: string;
  file?: string;
  line?: number;
}

/** Where a report goes. A part that is absent is not to be had here; one that throws is advice, never a verdict. */
export interface Publisher {
  summary?(markdown: string): Promise<void>;
  annotate?(annotations: Annotation[]): void;
  comment?(draft: CommentDraft): Promise<{ outcome: string; url?: string }>;
  check?(draft: CheckDraft): Promise<void>;
  /** Uploads the HTML report and returns its address. */
  html?(path: string): Promise<string | undefined>;
  /** Turns a refusal into words with a next step. */
  explain(thrown: unknown, what: "comment" | "check" | "html"): string;
}
