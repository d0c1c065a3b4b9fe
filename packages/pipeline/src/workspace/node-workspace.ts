import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { Workspace } from "../ports/workspace.ts";
import { contained, isBelow } from "./contained.ts";
import { fileSource } from "./file-source.ts";

const largest = 512 * 1024 * 1024;

/**
 * The files below a folder of this machine. With `outside: "allow"`, for a person at their own machine, a path may also be written that leads out of it;
 * links and what a pattern matches may not.
 * The calls are synchronous inside: a verb waits for each of them anyway, and a dozen small ones start a step 10 ms sooner.
 * @throws UserError `file-missing` when the folder is not there
 */
export async function nodeWorkspace(folder: string, outside: "refuse" | "allow" = "refuse"): Promise<Workspace> {
  const root = rootOf(folder);
  const place = (path: string): string => {
    const written = resolve(root, path);
    return outside === "allow" && !isBelow(root, written) ? written : contained(root, path);
  };
  const regular = (path: string) => {
    const real = place(path);
    const found = statOf(real);
    if (found === undefined)
      throw new UserError(
        "file-missing",
        `${path} does not exist`,
        "Check the path, and that the step that writes it ran before.",
        { file: path },
      );
    if (!found.isFile())
      throw new UserError(
        "not-a-file",
        `${path} is ${found.isDirectory() ? "a folder" : "not a regular file"}`,
        "Give the path of a file.",
        { file: path },
      );
    return { real, size: found.size };
  };
  return {
    root,
    async find(patterns) {
      const { glob } = await import("tinyglobby");
      const found = await glob([...patterns], {
        cwd: root,
        dot: true,
        onlyFiles: true,
        followSymbolicLinks: false,
        expandDirectories: false,
      });
      const written = new Set(patterns.map((pattern) => resolve(root, pattern)));
      for (const path of found)
        if (written.has(resolve(root, path))) place(path);
        else contained(root, path);
      return found.map((path) => path.replaceAll("\\", "/")).sort();
    },
    async exists(path) {
      return statOf(place(path)) !== undefined;
    },
    async open(path) {
      const { real, size } = regular(path);
      return fileSource(path, real, size);
    },
    async read(path) {
      const { real, size } = regular(path);
      if (size > largest)
        throw new UserError(
          "file-too-large",
          `${path} has ${size} bytes, and ${largest} is the most that is read at once`,
          "Make the file smaller.",
          { file: path },
        );
      try {
        return readFileSync(real);
      } catch (error) {
        throw new UserError(
          "cannot-read",
          `${path} could not be read (${error instanceof Error ? error.message : error})`,
          "Check the rights of the file.",
          { file: path },
        );
      }
    },
    async write(path, bytes) {
      const real = place(path);
      try {
        mkdirSync(dirname(real), { recursive: true });
        writeBeside(real, bytes);
      } catch (error) {
        throw new UnavailableError(
          "cannot-write",
          `${path} could not be written (${error instanceof Error ? error.message : error})`,
          "Check the free space and the rights of the folder.",
          { file: path },
          error,
        );
      }
    },
    async remove(path) {
      rmSync(place(path), { force: true });
    },
    async resolve(path) {
      return place(path);
    },
  };
}

function rootOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    throw new UserError(
      "file-missing",
      `the working directory ${folder} does not exist`,
      "Check `working-directory`, and that the repository was checked out before this step.",
      { file: folder },
    );
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // What may not be looked at is not there for us; reading it says so.
    return undefined;
  }
}

// A reader sees the old file or the new one. It is not forced to the disk: a job that loses its machine starts anew.
function writeBeside(path: string, bytes: Uint8Array | string): void {
  const beside = `${path}.${process.pid}.part`;
  writeFileSync(beside, bytes);
  renameSync(beside, path);
}
