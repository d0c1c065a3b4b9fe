/** What is being tested, as the event and git tell it. On a laptop most of it is absent. */
export interface Change {
  /** The event's name, `local` on a laptop. */
  event: string;
  repository?: string;
  /** The tested commit: for a pull request its merge commit. */
  sha?: string;
  committedAt?: string;
  ref?: string;
  /** The pull request's own last commit, which comments and statuses name. */
  headSha?: string;
  pullRequest?: number;
  /** The head lies in another repository, so the token is read-only. */
  fork?: boolean;
  /** Opened by Dependabot, whose token is read-only too. */
  dependabot?: boolean;
  /** What the tested commit was merged into. */
  base?: { branch: string; sha?: string };
  /** A push to the base branch: the evaluation becomes a baseline and the gate informs. */
  recordsBaseline: boolean;
  run?: { id: number; attempt: number; workflow: string; event: string };
}
