import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import { glob } from "tinyglobby";
import type { Workspace } from "../ports/workspace.ts";
import { contained } from "./contained.ts";
import { fileSource } from "./file-source.ts";

const largest = 512 * 1024 * 1024;

/**
 * The files below a folder of this machine. With `outside: "allow"`, for a person at their own machine, paths may also lead out of it.
 * @throws UserError `file-missing` when the folder is not there
 */
export async function nodeWorkspace(folder: string, outside: "refuse" | "allow" = "refuse"): Promise<Workspace> {
  const root = await realpath(folder).catch(() => {
    throw new UserError(
      "file-missing",
      `the working directory ${folder} does not exist`,
      "Check `working-directory`, and that the repository was checked out before this step.",
      { file: folder },
    );
  });
  const place = (path: string) => (outside === "allow" ? Promise.resolve(resolve(root, path)) : contained(root, path));
  const regular = async (path: string) => {
    const real = await place(path);
    const found = await stat(real).catch(() => undefined);
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
      const found = await glob([...patterns], {
        cwd: root,
        dot: true,
        onlyFiles: true,
        followSymbolicLinks: false,
        expandDirectories: false,
      });
      for (const path of found) await place(path);
      return found.map((path) => path.replaceAll("\\", "/")).sort();
    },
    async exists(path) {
      return (await stat(await place(path)).catch(() => undefined)) !== undefined;
    },
    async open(path) {
      const { real, size } = await regular(path);
      return fileSource(path, real, size);
    },
    async read(path) {
      const { real, size } = await regular(path);
      if (size > largest)
        throw new UserError(
          "file-too-large",
          `${path} has ${size} bytes, and ${largest} is the most that is read at once`,
          "Make the file smaller.",
          { file: path },
        );
      return readFile(real);
    },
    async write(path, bytes) {
      const real = await place(path);
      try {
        await mkdir(dirname(real), { recursive: true });
        await writeBeside(real, bytes);
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
      await rm(await place(path), { force: true });
    },
    async resolve(path) {
      return place(path);
    },
  };
}

// A reader sees the old file or the new one. It is not forced to the disk: a job that loses its machine starts anew.
async function writeBeside(path: string, bytes: Uint8Array | string): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  await writeFile(beside, bytes);
  await rename(beside, path);
}
