/** The repository as it was at a commit, in a folder of its own. */
export interface WorkTree {
  /** The working directory in it. Absolute. */
  folder: string;
  /** The committer date of the commit, ISO 8601 in UTC. */
  committedAt?: string;
  /** Throws when this process was asked to end since the work tree was made. @throws CrashError `command-interrupted` */
  check(): void;
}

/** Makes work trees of earlier commits. */
export interface WorkTrees {
  /**
   * Checks a commit out beside the work tree, lets `work` use it, and removes it again, also after a failure or a signal.
   * @throws UserError `no-repository`, `commit-not-fetched` @throws UnavailableError `work-tree-failed`
   */
  use<T>(sha: string, work: (tree: WorkTree) => Promise<T>): Promise<T>;
}
