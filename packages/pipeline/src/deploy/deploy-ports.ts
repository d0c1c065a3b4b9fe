import type { Approval, Smoke } from "@metricgate/core/documents/deployment";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Manifest } from "@metricgate/core/documents/manifest";
import type { Judgement } from "@metricgate/core/documents/verdict";
import type { Change } from "@metricgate/core/ports/change";
import type { Engine } from "@metricgate/core/ports/engine";
import type { Progress } from "@metricgate/core/ports/progress";
import type { Target } from "@metricgate/core/ports/target";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface DeployRequest {
  model: string;
  "model-digest"?: Digest | undefined;
  path?: string | undefined;
  environment?: string | undefined;
  accept: "pass" | "warn";
  approval: "environment" | "pull-request" | "none";
  "smoke-run"?: string | undefined;
  "smoke-url"?: string | undefined;
  "pass-env"?: string[] | undefined;
  rollback: boolean;
}

/** What the platform shows of a promotion while it happens. */
export interface DeploymentLog {
  start(model: string, digest: Digest, environment: string): Promise<void>;
  finish(state: "success" | "failure", text: string): Promise<string | undefined>;
}

export interface DeployPorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  engine: Engine;
  target: Target;
  smokeHttp(url: string): Promise<Smoke>;
  /** The digest that was live before the present one; absent when there is none to go back to. */
  previousOf(): Promise<Digest | undefined>;
  /** Checks that somebody approved. @throws UserError `not-approved` */
  approve(kind: DeployRequest["approval"], environment: string | undefined): Promise<Approval>;
  log?: DeploymentLog;
  progress?: Progress;
  /** The clock, for `run` only. */
  now(): string;
}

/** What is to become live, and why it may. */
export interface Plan {
  digest: Digest;
  verdict?: { digest: Digest; verdict: Judgement };
  /** The files and their absolute folder, already held against the digest; absent when they are staged already. */
  files?: { manifest: Manifest; from: string };
}
