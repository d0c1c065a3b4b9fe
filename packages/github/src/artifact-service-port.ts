/** The part of the runner's artifact service that we use; `@actions/artifact` unless given. */
export interface ArtifactService {
  uploadArtifact(
    name: string,
    files: string[],
    rootDirectory: string,
    options?: { retentionDays?: number; skipArchive?: boolean },
  ): Promise<{ id?: number; digest?: string }>;
  deleteArtifact(name: string): Promise<unknown>;
  getArtifact(name: string, options?: FindBy): Promise<{ artifact: { id: number; digest?: string } }>;
  downloadArtifact(
    id: number,
    options: { path: string; expectedHash?: string; skipDecompress?: boolean } & FindBy,
  ): Promise<{ downloadPath?: string; digestMismatch?: boolean }>;
}

/** A run other than this one. */
export interface FindBy {
  findBy?: { token: string; workflowRunId: number; repositoryOwner: string; repositoryName: string };
}
