import type {
  BaselineFiles,
  BaselineFrom,
  BaselineLookup,
  BaselineQuery,
  Tried,
} from "@metricgate/core/ports/baseline-store";
import type { Ancestry } from "./ancestry.ts";
import type { TagSource } from "./baseline-places/newest-tag.ts";

/** What a store has of one commit: the files, or why there are none. */
export type RecordOf = { files: BaselineFiles } | { missing: "none" | "expired" | "unavailable"; found: string };

/** What a kind of store must know to be searched. */
export interface RecordSource {
  /** The record of a model at one commit. */
  recordAt(model: string, branch: string, sha: string): Promise<RecordOf>;
  /** The commits that may have a record, in any order. */
  recorded(model: string, branch: string): Promise<ReadonlySet<string>>;
  ancestry(base: string): Promise<Ancestry>;
  /** The models that were seen so far. */
  known(branch: string): Promise<string[]>;
  /** Puts a request that failed while looking at a place in words. */
  explain(error: unknown, from: BaselineFrom): string;
  /** Where there are tags: see `TagSource`. */
  tags?: TagSource["tags"];
  isAncestor?: TagSource["isAncestor"];
  /** What is live in an environment, where deployments are known: the commit that the model was made from. */
  deployed?(environment: string, model: string): Promise<{ sha: string; modelDigest: string } | undefined>;
}

/** A search under way: what was tried so far, and the models that it learnt of. */
export interface Search {
  source: RecordSource;
  query: BaselineQuery;
  tried: Tried[];
  known: Set<string>;
}

export type Miss = "none" | "expired" | "unavailable";

/** What one place of the policy's list gave. */
export type Place = Omit<Extract<BaselineLookup, { found: true }>, "tried" | "known"> | Miss;
