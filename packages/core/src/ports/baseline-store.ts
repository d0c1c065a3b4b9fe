/** Where a baseline may come from; the policy lists them in order of preference. */
export type BaselineFrom = "base" | "ancestor" | "latest" | `file:${string}` | `tag:${string}` | `deployed:${string}`;

export interface BaselineQuery {
  model: string;
  /** The base branch, by name. */
  branch: string;
  /** The commit the change was merged into. */
  base?: string;
  from: readonly BaselineFrom[];
}

/** The bytes of a recorded evaluation, of its rows, and of the rows of further training runs. They are as received: not yet validated. */
export interface BaselineFiles {
  evaluation: Uint8Array;
  rows?: Uint8Array;
  repeats?: Uint8Array[];
}

/** What was looked at: `found` says what was there, in words. */
export interface Tried {
  from: string;
  found: string;
}

/** `known` are the models that the store has records of on the base branch, as far as it looked; `no-base` is where nothing says what the change starts from. */
export type BaselineLookup =
  | {
      found: true;
      from: BaselineFrom;
      sha?: string;
      behind?: number;
      files: BaselineFiles;
      tried: Tried[];
      known: string[];
    }
  | { found: false; why: "none" | "no-base" | "expired" | "unavailable"; tried: Tried[]; known: string[] };

/** The records of a model at the base and its first parents. */
export interface HistoryQuery {
  model: string;
  branch: string;
  base: string;
  /** At most so many, the nearest to the base. */
  window: number;
}

/** A recorded evaluation as received: not yet validated. */
export interface PastRecord {
  sha: string;
  evaluation: Uint8Array;
  /** The verdict on it, as received, where one was kept; read when it is asked for. */
  verdict?(): Promise<Uint8Array | undefined>;
}

/** A verdict on a version of the base branch that is recorded. */
export interface KeptVerdict {
  model: string;
  branch: string;
  sha: string;
  verdict: Uint8Array;
}

/** One maker of baselines. `record` is idempotent: the same commit and bytes are written once. */
export interface BaselineStore {
  name: "artifact" | "branch" | "file";
  find(query: BaselineQuery): Promise<BaselineLookup>;
  record(entry: {
    model: string;
    branch: string;
    sha: string;
    files: BaselineFiles;
  }): Promise<{ written: boolean; where: string }>;
  /** Whether it has a record of a model on any branch; absent where a store cannot tell without a base. */
  knows?(model: string): Promise<boolean>;
  /** Past records, oldest first; absent where a store keeps no history. */
  history?(query: HistoryQuery): Promise<PastRecord[]>;
  /** Keeps a verdict beside the record that it is on, once; absent where no history tells of it. @throws UnavailableError */
  keepVerdict?(entry: KeptVerdict): Promise<{ written: boolean; where: string }>;
}
