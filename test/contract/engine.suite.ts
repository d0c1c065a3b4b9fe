import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failureOf } from "@metricgate/core/errors/failure";
import type { CommandResult, CommandSpec, Engine } from "@metricgate/core/ports/engine";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** An engine, and what a test must do and see around it. */
export interface EnginePlace {
  engine: Engine;
  /** Sends the signal that the runner sends us when a job is cancelled. */
  signal(name: "SIGINT" | "SIGTERM"): void;
  /** What was shown of the command's output so far. */
  shown(): string;
  /** Listeners for signals that are still there. */
  listeners(): number;
}

/** Opens an engine whose own environment is the one given. */
export type MakeEngine = (environment: Record<string, string | undefined>) => EnginePlace;

const secrets = {
  ACTIONS_RUNTIME_TOKEN: "runtime-token-value-0001",
  ACTIONS_RESULTS_URL: "http://127.0.0.1:1/results",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "oidc-token-value-00000002",
  GITHUB_TOKEN: "ghs_github-token-value-003",
  GH_TOKEN: "ghs_other-token-value-0004",
  INPUT_TOKEN: "input-token-value-00000005",
  STATE_secret: "state-value-000000000006",
  GITHUB_ENV: "/runner/_runner_file_commands/env",
  GITHUB_PATH: "/runner/_runner_file_commands/path",
  GITHUB_OUTPUT: "/runner/_runner_file_commands/output",
  GITHUB_STEP_SUMMARY: "/runner/_runner_file_commands/summary",
};

/** What every engine promises about a command, wherever it runs. */
export function describeEngine(name: string, make: MakeEngine): void {
  describe(`the ${name} engine`, () => {
    let folder = "";
    beforeEach(async () => {
      folder = await realpath(await mkdtemp(join(tmpdir(), "engine-")));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const ours = { PATH: process.env.PATH, HOME: "/home/nobody", CUDA_VISIBLE_DEVICES: "0" };
    const open = (more: Record<string, string> = {}) => make({ ...ours, ...more });
    const run = ({ engine }: EnginePlace, command: string, more: Partial<CommandSpec> = {}): Promise<CommandResult> =>
      engine.run({ command, directory: folder, environment: {}, passEnv: [], graceSeconds: 1, ...more });
    const written = async (file: string): Promise<string> => {
      const path = join(folder, file);
      for (let left = 500; left > 0; left--) {
        if (existsSync(path) && readFileSync(path, "utf8").endsWith("\n")) return readFileSync(path, "utf8").trim();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`${file} was never written`);
    };
    const goneOrZombie = (pid: string): boolean => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
      } catch {
        return true;
      }
    };

    test("is named", () => {
      expect(open().engine.name).toBe(name);
    });

    test.each<[string, CommandResult["exit"]]>([
      ["true", { code: 0, interrupted: false }],
      ["exit 1", { code: 1, interrupted: false }],
      ["exit 255", { code: 255, interrupted: false }],
      ["no-such-command-here", { code: 127, interrupted: false }],
      ["false\ntrue", { code: 1, interrupted: false }],
      ["false | cat", { code: 1, interrupted: false }],
      ["kill -TERM $$", { signal: "SIGTERM", interrupted: false }],
      ["kill -KILL $$", { signal: "SIGKILL", interrupted: false }],
    ])("%j ends as %j", async (command, exit) => {
      expect((await run(open(), command)).exit).toEqual(exit);
    });

    test("runs in its folder, and what it writes is there afterwards", async () => {
      await mkdir(join(folder, "sub"));
      const place = open();
      await run(place, "pwd; echo kept > file", { directory: join(folder, "sub") });
      expect(place.shown()).toBe(`${join(folder, "sub")}\n`);
      expect(readFileSync(join(folder, "sub/file"), "utf8")).toBe("kept\n");
    });

    test("a folder that is not there is the user's mistake, and nothing runs", async () => {
      const place = open();
      const thrown: unknown = await run(place, "echo ran", { directory: join(folder, "none") }).catch(
        (e: unknown) => e,
      );
      expect(failureOf(thrown)).toMatchObject({ status: "invalid", exitCode: 2 });
      expect(place.shown()).toBe("");
    });

    test("shows stdout and stderr once, in the order in which they were written", async () => {
      const place = open();
      const { tail } = await run(place, "for i in 1 2 3 4 5 6 7 8; do echo out$i; echo err$i >&2; done");
      const expected = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `out${i}\nerr${i}\n`).join("");
      expect(place.shown()).toBe(expected);
      expect(tail).toBe(expected);
    });

    test("keeps the end of a long output for the report, at most 4,000 characters, and shows all of it", async () => {
      const place = open();
      const { tail } = await run(place, "seq 1 20000");
      expect(tail.length).toBeLessThanOrEqual(4000);
      expect(tail.endsWith("19999\n20000\n")).toBe(true);
      expect(place.shown().split("\n")).toHaveLength(20_001);
    });

    test("the command gets no token, input, state or command file of ours, by name or by value", async () => {
      const place = open({ ...secrets, COPY_OF_TOKEN: secrets.GITHUB_TOKEN });
      await run(place, "env");
      const shown = place.shown();
      for (const [variable, value] of Object.entries(secrets)) {
        expect(shown).not.toContain(`${variable}=`);
        expect(shown).not.toContain(value);
      }
      expect(shown).not.toContain("COPY_OF_TOKEN");
      expect(shown).toContain("CUDA_VISIBLE_DEVICES=0\n");
      expect(shown).toContain("HOME=/home/nobody\n");
    });

    test("pass-env admits by exact name, and what the step gives is added", async () => {
      const place = open(secrets);
      await run(place, "env", { passEnv: ["GITHUB_TOKEN"], environment: { METRICGATE_PARAM_DEPTH: "3" } });
      expect(place.shown()).toContain(`GITHUB_TOKEN=${secrets.GITHUB_TOKEN}\n`);
      expect(place.shown()).toContain("METRICGATE_PARAM_DEPTH=3\n");
      expect(place.shown()).not.toContain("GH_TOKEN=");
    });

    test.each(["*", "GITHUB_*", "A=B", ""])(
      "pass-env %j is no name and is refused before anything runs",
      async (name) => {
        const place = open();
        const thrown: unknown = await run(place, "echo ran", { passEnv: [name] }).catch((error: unknown) => error);
        expect(failureOf(thrown)).toMatchObject({ status: "invalid", problems: [{ code: "pass-env" }] });
        expect(place.shown()).toBe("");
      },
    );

    test.each(["SIGINT", "SIGTERM"] as const)("%s reaches the command, which may end by itself", async (signal) => {
      const place = open();
      const name = signal.slice(3);
      const command = `trap 'echo saved; exit 9' ${name}; echo ready > ready; while :; do sleep 0.05; done`;
      const running = run(place, command, { graceSeconds: 20 });
      await written("ready");
      place.signal(signal);
      expect((await running).exit).toEqual({ code: 9, interrupted: true });
      expect(place.shown()).toContain("saved\n");
    });

    test("a command that will not end is killed with its children when the grace is over", async () => {
      const place = open();
      const command = "trap '' INT TERM; (trap '' INT TERM; sleep 300) & echo $! > child; wait; sleep 300";
      const running = run(place, command, { graceSeconds: 0.2 });
      const child = await written("child");
      place.signal("SIGTERM");
      const { exit } = await running;
      expect(exit).toMatchObject({ interrupted: true, signal: "SIGKILL" });
      expect(goneOrZombie(child)).toBe(true);
    });

    test("what a command leaves running does not outlive it", async () => {
      const place = open();
      const { exit } = await run(place, "sleep 300 & echo $! > child", { graceSeconds: 0.2 });
      expect(exit).toEqual({ code: 0, interrupted: false });
      expect(goneOrZombie(await written("child"))).toBe(true);
    });

    test("no listener for signals stays behind, after success, failure or refusal", async () => {
      const place = open();
      await run(place, "true");
      await run(place, "false");
      await run(place, "true", { passEnv: ["*"] }).catch(() => undefined);
      expect(place.listeners()).toBe(0);
    });

    test("says when it began and what it used, in finite numbers that are not negative", async () => {
      const { resources } = await run(open(), "true");
      expect(resources.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      for (const used of [resources.wallSeconds, resources.cpuSeconds ?? 0, resources.peakMemoryBytes ?? 0]) {
        expect(Number.isFinite(used)).toBe(true);
        expect(used).toBeGreaterThanOrEqual(0);
      }
    });
  });
}
