import { expect, test } from "vitest";
import { terminalProgress } from "./terminal-progress.ts";

/** Half a minute of work in steps of half a second, on this stream in this environment; what was written and what spun. */
async function worked(isTTY: boolean, environment: Record<string, string>, seconds = 30) {
  const written: string[] = [];
  const spun: string[] = [];
  let clock = 0;
  const progress = terminalProgress({
    stream: { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
    environment,
    now: () => clock,
    makeSpinner: async () => {
      const spinner = {
        text: "",
        start: () => spun.push(spinner.text),
        stop: () => spun.push("stop"),
      };
      return spinner;
    },
  });
  const task = progress?.begin("reading", 60);
  for (; clock < seconds * 1000; ) {
    clock += 500;
    task?.advance(1);
    await Promise.resolve();
  }
  task?.end();
  return { written, spun, none: progress === undefined };
}

test("a terminal spins from two seconds on, and is clean afterwards", async () => {
  const { written, spun } = await worked(true, {});
  expect(written).toEqual([]);
  expect(spun[0]).toContain("6 % of 60 bytes");
  expect(spun.length).toBeGreaterThan(30);
  expect(spun.at(-1)).toBe("stop");
  expect((await worked(true, {}, 1)).spun).toEqual([]);
});

test("a pipe and a dumb terminal get nothing at all", async () => {
  expect(await worked(false, {})).toEqual({ written: [], spun: [], none: true });
  expect(await worked(true, { TERM: "dumb" })).toEqual({ written: [], spun: [], none: true });
});

test("the log of a CI job gets a plain line every ten seconds", async () => {
  for (const environment of [{ CI: "true" }, { GITHUB_ACTIONS: "true" }]) {
    const { written, spun } = await worked(false, environment);
    expect(spun).toEqual([]);
    expect(written).toHaveLength(3);
    for (const line of written) expect(line).toMatch(/^reading: \[[#-]{20}\] \d+ % of 60 bytes\n$/);
  }
});

test("a library that cannot be loaded leaves the work alone", async () => {
  let clock = 0;
  const progress = terminalProgress({
    stream: { isTTY: true, write: () => true },
    environment: {},
    now: () => clock,
    makeSpinner: () => Promise.reject(new Error("gone")),
  });
  const task = progress?.begin("reading", 2);
  clock = 5000;
  task?.advance(1);
  await new Promise((done) => setImmediate(done));
  expect(() => task?.end()).not.toThrow();
});
