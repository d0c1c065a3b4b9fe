import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BaselineFiles, BaselineLookup } from "@metricgate/core/ports/baseline-store";
import { localEngine } from "@metricgate/engines/local/local-engine";
import type { SignalSource } from "@metricgate/engines/local/signal-source";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../../chain/read-document.ts";
import { gate } from "../../gate/gate.ts";
import { gitWorkTrees } from "../../workspace/git-work-trees.ts";
import { hashing } from "../../workspace/hashing.ts";
import { nodeWorkspace } from "../../workspace/node-workspace.ts";
import { evaluate } from "../evaluate.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "baseline-again-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** The model is the word in `model.txt`: a row whose label it is, is right. */
const measure = `tail -n +2 data/eval.csv | awk -F, -v m="$(cat model.txt)" 'BEGIN{print "id,label,prediction"}{print $1","$2","m}' > p.csv`;
const data = (yes: number, rows: number, first = 0) =>
  `id,label\n${Array.from({ length: rows }, (_, id) => `r${first + id},${id < yes ? "yes" : "no"}\n`).join("")}`;
const request = {
  model: "m",
  policy: ".github/metricgate.yml",
  predictions: "p.csv",
  positive: "yes",
  task: "classification" as const,
  compute: ["accuracy"],
  "eval-set": ["data/eval.csv"],
  run: measure,
};

interface Job {
  folder: string;
  /** The commit of the baseline, and the clone's folder for short-lived files. */
  base: string;
  temporary: string;
  git(...args: string[]): string;
  said: string[];
  stored: BaselineFiles | undefined;
  ports(signals?: SignalSource): Promise<Parameters<typeof evaluate>[1]>;
}

async function write(folder: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A repository whose base says `no`; its baseline was recorded on the data of then; now the model says `yes`, on other data. */
async function job(below = ""): Promise<Job> {
  const top = await mkdtemp(join(root, "repo-"));
  const folder = join(top, below);
  const temporary = await mkdtemp(join(root, "temp-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@example.com", ...args], {
      cwd: top,
      encoding: "utf8",
    }).trim();
  git("init", "--quiet", "--initial-branch=main");
  await write(folder, { ".gitignore": "p.csv\n.metricgate/\n", "model.txt": "no", "data/eval.csv": data(10, 40) });
  git("add", "--all");
  git("commit", "--quiet", "--message", "base");
  const base = git("rev-parse", "HEAD");
  const said: string[] = [];
  const made: Job = {
    folder,
    base,
    temporary,
    git,
    said,
    stored: undefined,
    async ports(signals = { on: () => () => undefined }) {
      const environment = { PATH: process.env.PATH, HOME: folder };
      const output = { begin: () => undefined, write: () => undefined, end: () => undefined };
      const lookup = (): BaselineLookup =>
        made.stored === undefined
          ? { found: false, why: "none", tried: [], known: [] }
          : { found: true, from: "base", sha: base, behind: 0, files: made.stored, tried: [], known: ["m"] };
      return {
        workspace: await nodeWorkspace(folder),
        hashing,
        messages: { info: (text) => said.push(text), warn: (text) => said.push(text) },
        change: { event: "local", recordsBaseline: false, base: { branch: "main", sha: base } },
        engine: localEngine({ output, signals, environment }),
        store: { name: "file", find: async () => lookup(), record: async () => ({ written: false, where: "" }) },
        workTrees: gitWorkTrees({ root: folder, temporary, signals }),
      };
    },
  };
  const ports = await made.ports();
  await evaluate(request, { ...ports, change: { ...ports.change, sha: base } });
  const at = ".metricgate/m/";
  made.stored = {
    evaluation: await ports.workspace.read(`${at}evaluation.json`),
    rows: await ports.workspace.read(`${at}rows.csv`),
  };
  await rm(join(folder, ".metricgate"), { recursive: true });
  await write(folder, { "model.txt": "yes", "data/eval.csv": data(5, 50, 100) });
  return made;
}

const again = ".metricgate/m/baseline-remeasured.json";
const left = async ({ git, temporary }: Job) => [git("worktree", "list").split("\n").length, await readdir(temporary)];

describe("a baseline that was measured on other data", () => {
  it.each(["", "models/fraud"])(
    "is measured again on today's in a work tree of its commit, in %j, and gated",
    async (below) => {
      const here = await job(below);
      const ports = await here.ports();
      await evaluate({ ...request, "baseline-run": measure }, ports);
      const { document, digest } = await readDocument(ports.workspace, "evaluation", again, hashing);
      expect(document.source).toMatchObject({ sha: here.base, committedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
      expect(document.metrics).toContainEqual(expect.objectContaining({ name: "accuracy", value: 0.9 }));
      expect(await left(here)).toEqual([1, []]);

      const result = await gate({ policy: ".github/metricgate.yml", "max-drop": "0.05" }, ports);
      expect(result.verdict.document.baseline).toMatchObject({ from: `remeasured:${here.base}`, evaluation: digest });
      expect(result.baseline?.rows?.count).toBe(50);
      expect(result.verdict.document.gates.at(-1)).toMatchObject({ baseline: 0.9, candidate: 0.1, verdict: "fail" });
      const same = await gate({ policy: "", from: ".metricgate/m" }, ports);
      expect(same.verdict.digest).toBe(result.verdict.digest);
    },
  );

  it("without baseline-run is incomparable, and what an earlier try measured again is gone", async () => {
    const here = await job();
    const ports = await here.ports();
    await evaluate({ ...request, "baseline-run": measure }, ports);
    await evaluate(request, ports);
    expect(await ports.workspace.exists(again)).toBe(false);
    const { verdict } = await gate({ policy: ".github/metricgate.yml", "max-drop": "0.05" }, ports);
    expect(verdict.document).toMatchObject({ verdict: "fail", counts: { pass: 0, incomparable: 1 } });
  });

  it("is not believed when it is of another commit than the selected one", async () => {
    const here = await job();
    const ports = await here.ports();
    await evaluate({ ...request, "baseline-run": measure }, ports);
    const forged = new TextDecoder().decode(await ports.workspace.read(again)).replace(here.base, "f".repeat(40));
    await ports.workspace.write(again, forged);
    const { verdict } = await gate({ policy: ".github/metricgate.yml", "max-drop": "0.05" }, ports);
    expect(verdict.document.baseline?.from).toBe("base");
    expect(verdict.document.verdict).toBe("fail");
  });
});

describe("the command of the baseline", () => {
  it("is not run when the stored baseline is of this eval set, nor when the base never knew the model", async () => {
    const here = await job();
    await write(here.folder, { "data/eval.csv": data(10, 40) });
    const ports = await here.ports();
    await evaluate({ ...request, "baseline-run": "exit 9" }, ports);
    expect(here.said.at(-1)).toContain("on this eval set already");
    here.stored = undefined;
    await evaluate({ ...request, "baseline-run": "exit 9" }, ports);
    expect(here.said.at(-1)).toContain("no record of m");
  });

  it("that fails is a crash with its output, and leaves no work tree", async () => {
    const here = await job();
    const failed = evaluate({ ...request, "baseline-run": "echo no such data; exit 9" }, await here.ports());
    await expect(failed).rejects.toMatchObject({ name: "CrashError", tail: expect.stringContaining("no such data") });
    expect(await left(here)).toEqual([1, []]);
  });

  it("that measures other data is refused: the verdict would compare nothing", async () => {
    const here = await job();
    const own = `printf 'id,label\\nx,yes\\ny,no\\n' > data/eval.csv; ${measure}`;
    const failed = evaluate({ ...request, "baseline-run": own }, await here.ports());
    await expect(failed).rejects.toMatchObject({ problems: [{ code: "baseline-run-other-data" }] });
    expect(await left(here)).toEqual([1, []]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("at %s ends with its work tree", async (signal) => {
    const here = await job();
    const listeners = new Set<(name: "SIGINT" | "SIGTERM") => void>();
    const signals: SignalSource = {
      on: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const running = evaluate({ ...request, "baseline-run": "touch started; sleep 60" }, await here.ports(signals));
    const outcome = running.then(
      () => "ended well",
      (thrown: { problems: { code: string }[] }) => thrown.problems[0]?.code,
    );
    const started = async () => {
      const [tree] = await readdir(here.temporary);
      return tree !== undefined && existsSync(join(here.temporary, tree, "tree", "started"));
    };
    for (let tries = 0; tries < 400 && !(await started()); tries += 1)
      await new Promise((done) => setTimeout(done, 25));
    for (const listener of [...listeners]) listener(signal);
    expect(await outcome).toBe("command-interrupted");
    expect(await left(here)).toEqual([1, []]);
    expect(listeners.size).toBe(0);
  });

  it("in a clone that lacks the commit names the line that fetches it", async () => {
    const here = await job();
    const shallow = await mkdtemp(join(root, "shallow-"));
    await write(here.folder, { "later.txt": "x" });
    here.git("add", "--all");
    here.git("commit", "--quiet", "--message", "later");
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${here.folder}`, shallow]);
    const trees = gitWorkTrees({ root: shallow, temporary: here.temporary, signals: { on: () => () => undefined } });
    const failed = trees.use(here.base, async () => "used");
    await expect(failed).rejects.toMatchObject({
      problems: [{ code: "commit-not-fetched", next: expect.stringContaining("fetch-depth: 0") }],
    });
  });

  it("outside a repository says so", async () => {
    const trees = gitWorkTrees({ root, temporary: root, signals: { on: () => () => undefined } });
    await expect(trees.use("a".repeat(40), async () => "used")).rejects.toMatchObject({
      problems: [{ code: "no-repository" }],
    });
  });
});
