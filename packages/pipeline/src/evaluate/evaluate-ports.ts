import type { Digest } from "@metricgate/core/documents/digest";
import type { TaskName } from "@metricgate/core/documents/evaluation";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import type { Engine } from "@metricgate/core/ports/engine";
import type { Progress } from "@metricgate/core/ports/progress";
import type { PolicyAt } from "../policy/policy-at.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { WorkTrees } from "../ports/work-trees.ts";
import type { Workspace } from "../ports/workspace.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface EvaluateRequest {
  model?: string | undefined;
  policy: string;
  metrics?: string[] | undefined;
  predictions?: string | undefined;
  columns?: string[] | undefined;
  slices?: string[] | undefined;
  positive?: string | undefined;
  task?: TaskName | undefined;
  compute?: string[] | undefined;
  "eval-set"?: string[] | undefined;
  repeats?: string[] | undefined;
  run?: string | undefined;
  "baseline-run"?: string | undefined;
  "pass-env"?: string[] | undefined;
  path?: string | undefined;
  "model-digest"?: Digest | undefined;
}

export interface EvaluatePorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  engine: Engine;
  /** Where the baseline is recorded on a push to the base branch; absent where nothing is recorded. */
  store?: BaselineStore;
  /** Makes work trees of earlier commits, for `baseline-run`; absent where there is no git. */
  workTrees?: WorkTrees;
  /** The policy file at a commit, for one that was named and is not here. */
  policyAt?: PolicyAt;
  progress?: Progress;
}
