import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CrashError } from "@metricgate/core/errors/crash-error";
import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import type { SignalSource } from "@metricgate/engines/local/signal-source";
import type { WorkTrees } from "../ports/work-trees.ts";

export interface WorkTreeParts {
  /** The working directory, in a git repository. */
  root: string;
  /** A folder for short-lived files, outside the repository. */
  temporary: string;
  signals: SignalSource;
}

interface Ran {
  ok: boolean;
  out: string;
  said: string;
}

/** Work trees by `git worktree`, without the repository's hooks. */
export function gitWorkTrees({ root, temporary, signals }: WorkTreeParts): WorkTrees {
  const git = (...args: string[]) => run(root, args);
  return {
    async use(sha, work) {
      const prefix = await git("rev-parse", "--show-prefix");
      if (!prefix.ok) {
        throw new UserError(
          "no-repository",
          `${root} is in no git repository (${prefix.said})`,
          "Check the code out with git.",
        );
      }
      const date = await git("show", "--no-patch", "--format=%ct", `${sha}^{commit}`);
      if (!date.ok) {
        throw new UserError(
          "commit-not-fetched",
          `the commit ${sha} of the baseline is not in this clone`,
          "Add `fetch-depth: 0` under `with:` of actions/checkout, so that its history is there.",
        );
      }
      const outer = mkdtempSync(join(temporary, "metricgate-baseline-"));
      const place = join(outer, "tree");
      let signal: string | undefined;
      // While somebody listens a signal does not end this process, so that the work tree is removed in any case.
      const off = signals.on((name) => {
        signal = name;
      });
      const check = () => {
        if (signal === undefined) return;
        throw new CrashError(
          "command-interrupted",
          `the work tree of the baseline was given up at ${signal}`,
          "Run it again.",
          "",
        );
      };
      try {
        const added = await git("worktree", "add", "--quiet", "--detach", place, sha);
        check();
        if (!added.ok) throw failed(sha, added.said);
        const committedAt = new Date(Number(date.out) * 1000).toISOString().replace(/\.\d{3}Z$/, "Z");
        return await work({ folder: join(place, prefix.out), committedAt, check });
      } finally {
        await git("worktree", "remove", "--force", "--force", place);
        rmSync(outer, { recursive: true, force: true, maxRetries: 3 });
        await git("worktree", "prune");
        off();
      }
    },
  };
}

function failed(sha: string, said: string): UnavailableError {
  return new UnavailableError(
    "work-tree-failed",
    `git could not check ${sha} out (${said})`,
    "Check the free space; the folder for temporary files must be writable.",
  );
}

/** Git with arguments. A signal at a terminal may end it halfway; what it leaves is removed all the same. */
function run(root: string, args: readonly string[]): Promise<Ran> {
  const { GIT_INDEX_FILE: _, GIT_WORK_TREE: __, ...rest } = process.env;
  const env = { ...rest, GIT_TERMINAL_PROMPT: "0" };
  return new Promise((resolve) => {
    const options = { cwd: root, env, maxBuffer: 16_000_000 };
    execFile("git", ["-c", "core.hooksPath=/dev/null", ...args], options, (error, out, said) => {
      resolve({
        ok: error === null,
        out: out.trim(),
        said: (said || error?.message || "").trim().split("\n")[0] ?? "",
      });
    });
  });
}
