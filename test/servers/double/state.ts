import type { GitObjects } from "./git-objects.ts";

export interface PullRequest {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  merged: boolean;
  draft: boolean;
  author: string;
  head: { ref: string; sha: string; repository: string };
  base: { ref: string; sha: string };
  labels: string[];
}
export interface IssueComment {
  id: number;
  issue: number;
  body: string;
  author: string;
  fromApp: boolean;
  createdAt: string;
  updatedAt: string;
}
export interface Issue {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  labels: string[];
  author: string;
}
export interface CheckRun {
  id: number;
  headSha: string;
  fields: Record<string, unknown>;
  annotations: unknown[];
}
export interface CommitStatus {
  id: number;
  sha: string;
  state: string;
  context: string;
  description: string | null;
  targetUrl: string | null;
  author: string;
  createdAt: string;
}
export interface Deployment {
  id: number;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  payload: unknown;
  description: string | null;
  author: string;
  production: boolean;
  transient: boolean;
  createdAt: string;
}
export interface DeploymentStatus {
  id: number;
  deployment: number;
  fields: Record<string, unknown>;
  author: string;
  createdAt: string;
}
export interface Environment {
  name: string;
  reviewers: string[];
  preventSelfReview: boolean;
}
export interface Approval {
  state: "approved" | "rejected" | "pending";
  comment: string;
  user: string;
  environments: string[];
}
export interface WorkflowRun {
  id: number;
  attempt: number;
  name: string;
  /** `.github/workflows/ci.yml` */
  path: string;
  event: string;
  headBranch: string;
  headSha: string;
  headRepository: string;
  status: string;
  conclusion: string | null;
  actor: string;
  createdAt: string;
  pullRequests: number[];
}
export interface StoredArtifact {
  id: number;
  run: number;
  attempt: number;
  name: string;
  blob: string;
  mimeType: string;
  /** Absent until the upload is finalized. */
  size?: number;
  digest?: string;
  createdAt: string;
  expired: boolean;
}
export interface CacheEntry {
  id: number;
  key: string;
  version: string;
  scope: string;
  blob: string;
  size?: number;
}
export interface Release {
  id: number;
  tag: string;
  name: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  target: string;
  author: string;
  createdAt: string;
  assets: ReleaseAsset[];
}
export interface ReleaseAsset {
  id: number;
  name: string;
  contentType: string;
  bytes: Buffer;
}
/** A review of a pull request, oldest first in the list. */
export interface Review {
  pull: number;
  user: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  commit: string;
}
/** A `repository_dispatch` or `workflow_dispatch` that a client asked for. */
export interface Dispatch {
  what: string;
  body: unknown;
}

/** Everything the double knows about its one repository. Tests read and change it directly. */
export interface GitHubState {
  owner: string;
  name: string;
  id: number;
  private: boolean;
  defaultBranch: string;
  objects: GitObjects;
  /** Full names, `refs/heads/main`, to SHAs. */
  refs: Map<string, string>;
  pulls: PullRequest[];
  reviews: Review[];
  /** What people who are no mere readers may do, by login. */
  roles: Map<string, "admin" | "maintain" | "write">;
  issues: Issue[];
  comments: IssueComment[];
  checkRuns: CheckRun[];
  statuses: CommitStatus[];
  deployments: Deployment[];
  deploymentStatuses: DeploymentStatus[];
  environments: Environment[];
  /** By run id. */
  approvals: Map<number, Approval[]>;
  runs: WorkflowRun[];
  artifacts: StoredArtifact[];
  caches: CacheEntry[];
  releases: Release[];
  dispatches: Dispatch[];
  nextId: number;
}

/** An empty repository: no commit, no run. */
export function emptyState(repository: string, defaultBranch: string): GitHubState {
  const [owner = "", name = ""] = repository.split("/");
  return {
    owner,
    name,
    id: 7001,
    private: false,
    defaultBranch,
    objects: new Map(),
    refs: new Map(),
    pulls: [],
    reviews: [],
    roles: new Map(),
    issues: [],
    comments: [],
    checkRuns: [],
    statuses: [],
    deployments: [],
    deploymentStatuses: [],
    environments: [],
    approvals: new Map(),
    runs: [],
    artifacts: [],
    caches: [],
    releases: [],
    dispatches: [],
    nextId: 1000,
  };
}

/** The next id of anything; ids never repeat and only rise. */
export function takeId(state: GitHubState): number {
  state.nextId += 1;
  return state.nextId;
}
