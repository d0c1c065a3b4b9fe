import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { metricgate } from "./cli.ts";
import { keep } from "./kept.ts";
import { type Project, policyOf, said, startProject } from "./project.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const policy = policyOf(["{ metric: latency_ms, direction: down, history: { window: 10 } }"]);
const waiver = `waivers:\n  - { model: m, gate: latency_ms, reason: "new hardware, RISK-7", by: asha, until: 2026-12-15 }\n`;
const latencies = [100, 101, 99, 102, 98, 100];
const store = { store: "branch" };

/** Main with a push for each latency, recorded on the ledger by these steps; the policy of the fourth has a waiver, and a given one always. */
async function recorded(
  given?: string,
  measured: readonly number[] = latencies,
  steps: readonly string[] = ["evaluate"],
): Promise<{ here: Project; shas: string[] }> {
  const here = keep(
    await startProject({ ".github/metricgate.yml": given === undefined ? policy : `${given}${waiver}` }),
  );
  const shas: string[] = [];
  for (const [at, latency] of measured.entries()) {
    here.write({ "metrics.json": JSON.stringify({ latency_ms: latency }) });
    if (given === undefined && at === 3) here.write({ ".github/metricgate.yml": `${policy}${waiver}` });
    if (given === undefined && at === 4) here.write({ ".github/metricgate.yml": policy });
    const sha = here.commit(`model ${at}`);
    const { event, run } = here.pushed(sha, shas.at(-1));
    here.freshJob();
    for (const step of steps) {
      const result = await here.step(step, store, event, { run: { id: run } });
      if (result.exitCode !== 0) throw new Error(said(result));
    }
    shas.push(sha);
  }
  return { here, shas };
}

describe("the ledger", () => {
  it("gives a gate with `history` its band, the selection its marks, and a person the accepted values", async () => {
    const { here, shas } = await recorded();
    const base = shas.at(-1) ?? "";
    const judge = async (number: number, latency: number) => {
      const files = { "metrics.json": JSON.stringify({ latency_ms: latency }) };
      const pull = here.proposed({ number, base, files });
      here.freshJob();
      return here.step("review", store, pull.event, { run: { id: 900 + number } });
    };
    const usual = await judge(1, 101);
    expect([usual.exitCode, usual.outputs.verdict], said(usual)).toEqual([0, "pass"]);
    const odd = await judge(2, 160);
    expect([odd.exitCode, odd.outputs.verdict], said(odd)).toEqual([1, "fail"]);
    const verdict = JSON.parse(here.read(".metricgate/m/verdict.json"));
    expect(verdict.gates[0]).toMatchObject({ rule: "history", outcome: "fail", band: { runs: 6 } });
    expect(odd.summary).toContain("unusual");
    const { history } = JSON.parse(here.read(".metricgate/m/selection.json"));
    expect(history.map((run: { values: { latency_ms: number } }) => run.values.latency_ms)).toEqual(latencies);
    expect(history.flatMap((run: { waived?: string[] }, at: number) => (run.waived ? [[at, run.waived]] : []))).toEqual(
      [[3, ["latency_ms"]]],
    );
    expect(history.flatMap((run: { policyChanged?: true }, at: number) => (run.policyChanged ? [at] : []))).toEqual([
      3, 4,
    ]);
  });
});

describe("a waiver on the base branch", () => {
  it("is told as used or not needed by the verdict of each push, in the report and to a person", async () => {
    const gates = ["{ metric: latency_ms, direction: down, max: 101, history: { window: 10 } }"];
    const { here, shas } = await recorded(policyOf(gates), [100, 105, 99], ["evaluate", "gate"]);
    const pull = here.proposed({
      number: 1,
      base: shas.at(-1) ?? "",
      files: { "metrics.json": JSON.stringify({ latency_ms: 98 }) },
    });
    here.freshJob();
    const result = await here.step("review", store, pull.event, { run: { id: 901 } });
    const { history } = JSON.parse(here.read(".metricgate/m/selection.json"));
    expect(
      history.map((run: { waived?: string[]; waiversUsed?: string[] }) => [run.waived, run.waiversUsed]),
      said(result),
    ).toEqual([
      [["latency_ms"], []],
      [["latency_ms"], ["latency_ms"]],
      [["latency_ms"], []],
    ]);
    const short = shas.map((sha) => sha.slice(0, 7));
    expect(result.summary).toContain(
      `waiver used at ${short[1]}; waiver in force, not needed at ${short[0]}, ${short[2]}`,
    );
  });

  it("is told as in force only where no gate judged the pushes", async () => {
    const gates = ["{ metric: latency_ms, direction: down, max: 101, history: { window: 10 } }"];
    const { here, shas } = await recorded(policyOf(gates), [100, 105]);
    const files = { "metrics.json": JSON.stringify({ latency_ms: 98 }) };
    const pull = here.proposed({ number: 1, base: shas.at(-1) ?? "", files });
    here.freshJob();
    const result = await here.step("review", store, pull.event, { run: { id: 901 } });
    const short = shas.map((sha) => sha.slice(0, 7));
    expect(result.summary, said(result)).toContain(`waiver in force at ${short.join(", ")}`);
  });
});

describe("metricgate history", () => {
  it("tells the accepted values that were recorded on this machine, as text, CSV and JSON", () => {
    const here = startLocal();
    const text = metricgate(here.folder, ["history", "latency_ms"]);
    expect(text.code, text.messages).toBe(0);
    expect(text.out).toMatch(/^m: latency_ms, ↓ lower is better; 3 accepted runs\n/);
    expect(text.out).toMatch(/waiver in force, policy changed/);
    const csv = metricgate(here.folder, ["history", "latency_ms", "--format", "csv", "--limit", "2"]);
    expect(
      csv.out
        .trim()
        .split("\n")
        .map((line) => line.split(",")[2]),
    ).toEqual(["value", "101", "99"]);
    const json = JSON.parse(metricgate(here.folder, ["history", "latency_ms", "--format", "json"]).out);
    expect(json.points.map(({ value }: { value: number }) => value)).toEqual([100, 101, 99]);
    const unknown = metricgate(here.folder, ["history", "latency_m"]);
    expect([unknown.code, unknown.messages]).toEqual([2, expect.stringContaining("Did you mean `latency_ms`?")]);
  });
});

/** A repository without GitHub whose three commits of main were recorded by the command line; the second has a waiver. */
function startLocal(): { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "metricgate-history-"));
  folders.push(folder);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@example.com", ...args], { cwd: folder });
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(folder, ".github"));
  writeFileSync(join(folder, ".gitignore"), ".metricgate/\n");
  for (const [at, latency] of [100, 101, 99].entries()) {
    writeFileSync(join(folder, "metrics.json"), JSON.stringify({ latency_ms: latency }));
    const until = "2999-12-15";
    writeFileSync(
      join(folder, ".github/metricgate.yml"),
      at === 1 ? `${policy}${waiver.replace("2026-12-15", until)}` : policy,
    );
    git("add", "--all");
    git("commit", "--quiet", "--message", `model ${at}`);
    const { code, messages } = metricgate(folder, ["evaluate", "--record", "main"]);
    if (code !== 0) throw new Error(messages);
  }
  return { folder };
}
