import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandSpec } from "@metricgate/core/ports/engine";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localEngine } from "./local-engine.ts";
import { obeyed } from "./runner-parser.fixture.ts";
import type { SignalSource } from "./signal-source.ts";
import { stopCommandsSink } from "./stop-commands.ts";

type Signal = "SIGINT" | "SIGTERM";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function signalSource(): SignalSource & { send(signal: Signal): void; listeners: Set<(signal: Signal) => void> } {
  const listeners = new Set<(signal: Signal) => void>();
  return {
    listeners,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(signal) {
      for (const listener of listeners) listener(signal);
    },
  };
}

function setUp(environment: Record<string, string | undefined> = process.env) {
  const chunks: Buffer[] = [];
  const calls: string[] = [];
  const signals = signalSource();
  const output = {
    begin: () => calls.push("begin"),
    write: (bytes: Uint8Array) => chunks.push(Buffer.from(bytes)),
    end: () => calls.push("end"),
  };
  const engine = localEngine({ output, signals, environment });
  const run = (command: string, more: Partial<CommandSpec> = {}) =>
    engine.run({ command, directory: folder, environment: {}, passEnv: [], graceSeconds: 1, ...more });
  return { run, signals, calls, shown: () => Buffer.concat(chunks) };
}

/** Waits for a file that the command writes when it is ready, and reads it. */
async function written(name: string): Promise<string> {
  const path = join(folder, name);
  for (let left = 500; left > 0; left--) {
    if (existsSync(path) && readFileSync(path, "utf8").endsWith("\n")) return readFileSync(path, "utf8").trim();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${name} was never written`);
}

function isAlive(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
  } catch {
    return false;
  }
}

test("a command that succeeds has exit code 0, its output shown once and kept as the tail", async () => {
  const { run, shown, calls, signals } = setUp();
  const { exit, tail, resources } = await run("echo one; echo two >&2");
  expect(exit).toEqual({ code: 0, interrupted: false });
  expect(shown().toString()).toBe("one\ntwo\n");
  expect(tail).toBe("one\ntwo\n");
  expect(resources.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(calls).toEqual(["begin", "end"]);
  expect(signals.listeners.size).toBe(0);
});

test.each([
  ["exit 7", { code: 7, interrupted: false }],
  ["false\necho not reached", { code: 1, interrupted: false }],
  ["sh -c 'exit 3' | cat", { code: 3, interrupted: false }],
  ["kill -KILL $$", { signal: "SIGKILL", interrupted: false }],
  ["no-such-command-here", { code: 127, interrupted: false }],
])("%j ends as %j", async (command, exit) => {
  expect((await setUp().run(command)).exit).toEqual(exit);
});

test("stdout and stderr keep their order, and both can be opened as files", async () => {
  const { run, shown } = setUp();
  await run("for i in 1 2 3 4 5; do echo out$i; echo err$i > /dev/stderr; echo again$i > /dev/stdout; done");
  expect(shown().toString()).toBe([1, 2, 3, 4, 5].map((i) => `out${i}\nerr${i}\nagain${i}\n`).join(""));
});

test("the command sees its own variables and none of the runner's", async () => {
  const secrets = {
    ACTIONS_RUNTIME_TOKEN: "runtime-token-value",
    GITHUB_TOKEN: "github-token-value",
    INPUT_TOKEN: "x",
    GITHUB_OUTPUT: "/o",
    STATE_a: "s",
  };
  const { run, shown } = setUp({ PATH: process.env.PATH, HOME: folder, ...secrets, NAMED: "passed by name" });
  await run("env; echo venv=$VIRTUAL_ENV", { environment: { METRICGATE_PARAM: "0.1", VIRTUAL_ENV: "/v" } });
  const text = shown().toString();
  expect(text).toContain("METRICGATE_PARAM=0.1\n");
  expect(text).toContain("venv=/v\n");
  expect(text).toContain("NAMED=passed by name\n");
  for (const [name, value] of Object.entries(secrets)) {
    expect(text).not.toContain(`${name}=`);
    if (value.length > 3) expect(text).not.toContain(value);
  }
});

test("pass-env lets one token through by name", async () => {
  const { run, shown } = setUp({
    PATH: process.env.PATH,
    GITHUB_TOKEN: "github-token-value",
    GH_TOKEN: "other-token-value",
  });
  await run("env", { passEnv: ["GITHUB_TOKEN"] });
  expect(shown().toString()).toContain("GITHUB_TOKEN=github-token-value\n");
  expect(shown().toString()).not.toContain("GH_TOKEN=");
});

test("a package in a virtual environment on PATH is found", async () => {
  writeFileSync(join(folder, "tool"), "#!/bin/sh\necho from the environment\n", { mode: 0o755 });
  const { run, shown } = setUp({ PATH: `${folder}:${process.env.PATH}` });
  await run("tool");
  expect(shown().toString()).toBe("from the environment\n");
});

test("without bash on PATH the command runs in sh and still ends at its first failure", async () => {
  const { run, shown } = setUp({ PATH: folder });
  expect((await run("echo in sh\n/no/such\necho not reached")).exit.code).toBe(127);
  expect(shown().toString()).toContain("in sh\n");
  expect(shown().toString()).not.toContain("not reached");
});

test("an interrupted command may save its checkpoint although its shell is gone", async () => {
  const { run, signals } = setUp();
  writeFileSync(
    join(folder, "train.cjs"),
    `const { writeFileSync } = require("node:fs");
     process.on("SIGINT", () => setTimeout(() => { writeFileSync("checkpoint", "saved\\n"); process.exit(0); }, 400));
     setInterval(() => {}, 1000);
     writeFileSync("ready", "yes\\n");`,
  );
  const ended = run("trap 'exit 130' INT; node train.cjs & wait", { graceSeconds: 5 });
  await written("ready");
  signals.send("SIGINT");
  expect((await ended).exit).toEqual({ code: 130, interrupted: true });
  expect(readFileSync(join(folder, "checkpoint"), "utf8")).toBe("saved\n");
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "a tree that ignores %s is gone soon after the grace, grandchildren and all",
  async (signal) => {
    const { run, signals, calls } = setUp();
    const stubborn = "trap '' INT TERM HUP; echo $$ >> pids; while :; do sleep 0.05; done";
    const ended = run(
      `trap '' INT TERM; sh -c "${stubborn.replaceAll("$", "\\$")}" & (setsid sh -c "${stubborn.replaceAll("$", "\\$")}" &) ; sleep 0.3; echo ready > ready; wait`,
    );
    await written("ready");
    const sent = performance.now();
    signals.send(signal);
    signals.send(signal);
    const { exit } = await ended;
    expect(performance.now() - sent).toBeGreaterThan(900);
    expect(performance.now() - sent).toBeLessThan(5000);
    expect(exit).toEqual({ signal: "SIGKILL", interrupted: true });
    const pids = readFileSync(join(folder, "pids"), "utf8").trim().split("\n");
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(calls).toEqual(["begin", "end"]);
  },
);

test("what a command leaves running is asked to end, then killed, and does not hold the step", async () => {
  const { run } = setUp();
  const left = "echo $! >> pids";
  const { exit, resources } = await run(
    `sleep 100 & ${left}; (trap '' TERM; exec sleep 100) & ${left}; setsid sleep 100 & ${left}; sleep 0.1; exit 4`,
  );
  expect(exit).toEqual({ code: 4, interrupted: false });
  expect(resources.wallSeconds).toBeLessThan(5);
  const pids = readFileSync(join(folder, "pids"), "utf8").trim().split("\n");
  expect(pids).toHaveLength(3);
  expect(pids.filter(isAlive)).toEqual([]);
});

test("a process that belongs to nobody's command is left alone", async () => {
  const other = setUp();
  const first = other.run("echo $$ > other; sleep 100");
  const pid = await written("other");
  await setUp().run("sleep 100 & exit 0");
  expect(isAlive(pid)).toBe(true);
  other.signals.send("SIGTERM");
  expect((await first).exit).toEqual({ signal: "SIGTERM", interrupted: true });
});

test("stop-commands is closed again after a signal, and what the command printed had no effect", async () => {
  const token = randomUUID();
  const shown: Buffer[] = [];
  const signals = signalSource();
  const engine = localEngine({
    output: stopCommandsSink((chunk) => shown.push(Buffer.from(chunk)), token),
    signals,
    environment: process.env,
  });
  const ended = engine.run({
    command:
      "echo '::add-mask::0'; echo '##[add-matcher]/x'; printf '::set-output name=a::b'; echo yes > ready; exec sleep 100",
    directory: folder,
    environment: {},
    passEnv: [],
    graceSeconds: 1,
  });
  await written("ready");
  signals.send("SIGTERM");
  await ended;
  const log = Buffer.concat(shown).toString();
  expect(log).toContain("::add-mask::0\n");
  expect(obeyed(log).map(({ command }) => command)).toEqual(["stop-commands", token]);
});

test("50 MB in one line pass through in flat memory, and the tail is its end", async () => {
  let size = 0;
  const output = {
    begin() {},
    write(bytes: Uint8Array) {
      size += bytes.length;
    },
    end() {},
  };
  const engine = localEngine({ output, signals: signalSource(), environment: process.env });
  const before = process.memoryUsage().rss;
  const { tail } = await engine.run({
    command: "head -c 50000000 /dev/zero | tr '\\0' x; printf end",
    directory: folder,
    environment: {},
    passEnv: [],
    graceSeconds: 1,
  });
  expect(size).toBe(50_000_003);
  expect(tail).toHaveLength(4000);
  expect(tail.endsWith("xend")).toBe(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
});

test("a folder that is not there is named", async () => {
  const missing = join(folder, "missing");
  const { run, calls } = setUp();
  await expect(run("true", { directory: missing })).rejects.toMatchObject({
    problems: [{ code: "no-such-folder", where: { file: missing } }],
  });
  expect(calls).toEqual([]);
});

test("a shell that cannot start is an engine that is unavailable, and the output is closed", async () => {
  const { run, calls } = setUp();
  const tooLong = run("true", { environment: { LONG: "x".repeat(5_000_000) } });
  await expect(tooLong).rejects.toMatchObject({ name: "UnavailableError", problems: [{ code: "no-shell" }] });
  expect(calls).toEqual(["begin", "end"]);
});

test.runIf(process.platform === "linux")("CPU time of the whole tree and peak memory are measured", async () => {
  const { run } = setUp();
  const burn = "const end = Date.now() + 400; while (Date.now() < end);";
  const hold = "const b = Buffer.alloc(150e6, 1); setTimeout(() => b, 600);";
  const { resources } = await run(`node -e "${burn}"; (node -e "${burn}"); node -e "${hold}"`);
  expect(resources.cpuSeconds).toBeGreaterThan(0.2);
  expect(resources.cpuSeconds).toBeLessThan(resources.wallSeconds * 4);
  expect(resources.wallSeconds).toBeGreaterThan(1);
  expect(resources.peakMemoryBytes).toBeGreaterThan(150e6);
  expect(resources.peakMemoryBytes).toBeLessThan(600e6);
});

test.runIf(process.platform === "linux")("CPU time of children that were left behind counts", async () => {
  const { run } = setUp();
  const { resources } = await run(`node -e "while (true);" & sleep 0.8; exit 0`);
  expect(resources.cpuSeconds).toBeGreaterThan(0.1);
});
