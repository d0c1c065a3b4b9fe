import type { BaselineFiles, BaselineStore } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import type { PolicyAt } from "../policy/policy-at.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface GateRequest {
  model?: string | undefined;
  policy: string;
  candidate?: string | undefined;
  baseline?: string | undefined;
  /** A margin, or `none`. Where neither it nor a policy is given, the default margin judges. */
  "max-drop"?: string | undefined;
  from?: string | undefined;
}

export interface GatePorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  /** Absent on a laptop without a store: then a baseline must be given. */
  store?: BaselineStore;
  /** The policy file at a commit; absent where there is no repository to ask. */
  policyAt?: PolicyAt;
  /** The committer date of a commit; absent where it is not known. */
  committedAt?: (sha: string) => Promise<string | undefined>;
  /** What earlier attempts of this run measured, oldest first. */
  earlierAttempts?: (model: string) => Promise<EarlierAttempt[]>;
}

/** The evaluation of an earlier attempt, with its rows where they were kept. */
export interface EarlierAttempt extends BaselineFiles {
  attempt: number;
}
