import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ArtifactService } from "./artifact-service-port.ts";
import type { UploadRecord } from "./artifact-store.ts";
import { artifactsOfRun, readArtifact } from "./artifact-zip.ts";
import type { Client } from "./client.ts";
import { containedFiles } from "./contained-files.ts";
import { redact } from "./failure.ts";
import { readZip, zipLimits } from "./zip.ts";

/** Another run, for downloads that are too large for memory. */
export interface OtherRun {
  token: string;
  repo: string;
  runId: number;
}

export interface RunArtifactsOptions {
  /** A folder of the job for short-lived files, `RUNNER_TEMP`. */
  temporary: string;
  sleep: (milliseconds: number) => Promise<void>;
  service?: ArtifactService;
}

/** Artifacts of the running job through the runner's service. */
export interface RunArtifacts {
  /**
   * Uploads files of `root` (relative to it, or absolute); regular files inside of it only.
   * @returns `false` when this run has an artifact of that name already
   */
  upload(name: string, root: string, files: readonly string[], retentionDays?: number): Promise<boolean>;
  /**
   * Uploads one file un-zipped, so that a browser opens it; the artifact is called as the file is.
   * @returns the artifact's id
   */
  uploadFile(path: string, name: string): Promise<number | undefined>;
  /** Uploads bytes under plain file names; fits `artifactStore`. */
  uploadRecord: UploadRecord;
  /** The files of an artifact of this run, unpacked in memory within `zipLimits`. */
  read(name: string): Promise<Map<string, Uint8Array>>;
  /** Unpacks an artifact, of this run or of another, into an empty folder. Its digest was checked; its files were not. */
  downloadTo(folder: string, name: string, from?: OtherRun): Promise<void>;
}

const tries = 3;

/** Makes the ports to the runner's artifact service. The SDK is loaded at the first use. */
export function runArtifacts(o: RunArtifactsOptions): RunArtifacts {
  const service = async (): Promise<ArtifactService> =>
    o.service ?? (await import("./artifact-service.ts")).artifactService();

  const upload: RunArtifacts["upload"] = async (name, root, files, retentionDays) => {
    const contained = await containedFiles(root, files);
    const options = retentionDays === undefined ? {} : { retentionDays };
    const to = await service();
    for (let done = 1; ; done++) {
      try {
        await to.uploadArtifact(name, contained.files, contained.root, options);
        return true;
      } catch (error) {
        if (done === 1 && isTaken(error)) return false;
        if (done === tries || !mayRepeat(error)) throw error;
        await o.sleep(2000 * done);
        // A half upload keeps the name; without it the next try would be refused.
        await to.deleteArtifact(name).catch(() => undefined);
      }
    }
  };

  const inFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
    await mkdir(o.temporary, { recursive: true });
    const folder = await mkdtemp(path.join(o.temporary, "metricgate-"));
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    upload,
    uploadFile: (from, name) =>
      inFolder(async (folder) => {
        const file = path.join(folder, path.basename(name));
        await copyFile(from, file);
        const to = await service();
        const { id } = await to
          .uploadArtifact(path.basename(name), [file], folder, { skipArchive: true })
          .catch(async (error: unknown) => {
            if (!isTaken(error)) throw error;
            // The step was run twice in one attempt: what is there already stays, and is what the report links to.
            return (await to.getArtifact(path.basename(name))).artifact;
          });
        return id;
      }),
    uploadRecord: (name, files) =>
      inFolder(async (folder) => {
        for (const [file, bytes] of files) await writeFile(path.join(folder, path.basename(file)), bytes);
        return upload(name, folder, [...files.keys()]);
      }),
    read: (name) =>
      inFolder(async (folder) => {
        await fetchInto(await service(), folder, name, { skipDecompress: true });
        const [file] = await readdir(folder);
        if (file === undefined) throw missing(name);
        const archive = path.join(folder, file);
        if ((await stat(archive)).size > zipLimits.bytes) throw tooLarge(name);
        return readZip(new Uint8Array(await readFile(archive)), zipLimits);
      }),
    async downloadTo(folder, name, from) {
      await mkdir(folder, { recursive: true });
      if ((await readdir(folder)).length > 0) {
        throw new UserError("folder-not-empty", `${folder} is not empty`, "Name a new folder for the download.", {
          file: folder,
        });
      }
      await fetchInto(await service(), folder, name, {}, from);
    },
  };
}

/** The documents of another run's artifact, by REST and in memory. @throws UnavailableError `artifact-missing` or `artifact-expired` */
export async function readFromRun(
  client: Client,
  repo: string,
  runId: number,
  name: string,
): Promise<Map<string, Uint8Array>> {
  const named = (await artifactsOfRun(client, repo, runId)).filter((artifact) => artifact.name === name);
  const newest = named.filter((artifact) => !artifact.expired).sort((a, b) => b.id - a.id)[0];
  if (newest !== undefined) return readArtifact(client, repo, newest);
  if (named.length === 0) throw missing(name, runId);
  throw new UnavailableError(
    "artifact-expired",
    `The artifact ${name} of run ${runId} has expired.`,
    "Run that workflow again, or keep its artifacts for longer.",
  );
}

async function fetchInto(
  service: ArtifactService,
  folder: string,
  name: string,
  how: { skipDecompress?: boolean },
  from?: OtherRun,
): Promise<void> {
  const findBy = from === undefined ? {} : { findBy: findByOf(from) };
  const { artifact } = await service.getArtifact(name, findBy).catch((error: unknown) => {
    if (error instanceof Error && error.name === "ArtifactNotFoundError") throw missing(name, from?.runId);
    throw unreachable(name, error);
  });
  const expected = artifact.digest === undefined ? {} : { expectedHash: artifact.digest };
  const got = await service
    .downloadArtifact(artifact.id, { path: folder, ...how, ...expected, ...findBy })
    .catch((error: unknown) => {
      throw unreachable(name, error);
    });
  // The SDK only notes a mismatch; going on would use bytes that nobody vouches for.
  if (got.digestMismatch === true) {
    await rm(folder, { recursive: true, force: true });
    throw new UnavailableError(
      "artifact-damaged",
      `The artifact ${name} is not what was uploaded: its digest is not ${artifact.digest ?? "the one expected"}.`,
      "Run the job again; if it stays so, run the job that uploaded it again.",
    );
  }
}

function findByOf(from: OtherRun) {
  const [repositoryOwner = "", repositoryName = ""] = from.repo.split("/");
  return { token: from.token, workflowRunId: from.runId, repositoryOwner, repositoryName };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && /already exists|\b409\b|conflict/i.test(error.message);
}

function mayRepeat(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/GHESNotSupportedError|FilesNotFoundError|UsageError/.test(error.name)) return false;
  // "after 5 attempts": the SDK has waited for about half a minute already.
  return !/\b40[0-4]\b|after \d+ attempts/.test(error.message);
}

function missing(name: string, runId?: number): UnavailableError {
  return new UnavailableError(
    "artifact-missing",
    `There is no artifact ${name} in ${runId === undefined ? "this run" : `run ${runId}`}.`,
    "Check that the job that uploads it has run before, and that the names agree.",
  );
}

function unreachable(name: string, error: unknown): UnavailableError {
  const said = redact(error instanceof Error ? error.message : String(error));
  return new UnavailableError(
    "artifact-unavailable",
    `The artifact ${name} could not be read (${said}).`,
    "Run the job again; where the platform has no artifacts use `store: branch` and one job.",
    undefined,
    error,
  );
}

function tooLarge(name: string): UserError {
  return new UserError(
    "archive-refused",
    `The archive was refused: the artifact ${name} has more than ${zipLimits.bytes} bytes.`,
    "Upload less, or keep no rows with `rows: none`.",
  );
}
