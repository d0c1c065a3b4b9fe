import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GitHubServer, startGitHubDouble } from "./double/start.ts";
import { forkToken, writeToken } from "./double/tokens.ts";
import { dependabotEvent, pullRequestEvent, pushEvent } from "./runner/events.ts";
import { readPairs } from "./runner/file-commands.ts";
import { readLog } from "./runner/log-commands.ts";
import { runAction, runPost } from "./runner.ts";

describe("the log", () => {
  const names = (text: string) => readLog(text).commands.map((one) => `${one.name}=${one.data}`);

  test("a command counts at the start of a line after blanks, the old form anywhere in it", () => {
    expect(names("  ::warning file=a.ts,line=3::text%0Amore")).toEqual(["warning=text\nmore"]);
    expect(names("text ::warning::no")).toEqual([]);
    expect(names("loss 0.3 ##[error]old")).toEqual(["error=old"]);
    expect(names("::nonsense::x")).toEqual([]);
    expect(readLog("::error file=a.ts,title=A%3A B%2C C::m").commands[0]?.properties).toEqual({
      file: "a.ts",
      title: "A: B, C",
    });
  });

  test("between stop-commands and its token nothing takes effect, in either form", () => {
    const log = "::stop-commands::abc\n::error::no\nx ##[error]no\n::abc::\n::error::yes";
    expect(names(log)).toEqual(["stop-commands=abc", "error=yes"]);
    expect(readLog(log).text).toContain("::error::no");
  });

  test("a masked value does not show up later", () => {
    expect(readLog("::add-mask::s3cret\nit is s3cret").text).toBe("it is ***");
  });
});

describe("the command files", () => {
  test("pairs and blocks are read, and a block without an end fails the step", () => {
    expect(readPairs("a=1=2\nb<<EOF\nx\ny=z\nEOF\n")).toEqual({ a: "1=2", b: "x\ny=z" });
    expect(() => readPairs("b<<EOF\nx\n")).toThrow("Matching delimiter not found");
    expect(() => readPairs("nothing\n")).toThrow("Invalid format");
  });
});

describe("a step", () => {
  let double: GitHubServer;
  let folder: string;
  beforeEach(async () => {
    double = await startGitHubDouble();
    folder = mkdtempSync(join(tmpdir(), "action-"));
    mkdirSync(join(folder, "workspace"));
    const manifest = `name: t
inputs:
  some input: { default: d }
  token: { default: "\${{ github.token }}" }
  kebab-case: { required: false }
runs: { using: node24, main: main.mjs, post: post.mjs }`;
    writeFileSync(join(folder, "action.yml"), manifest);
  });
  afterEach(async () => {
    await double.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const step = { inputs: {}, event: pushEvent({ sha: "a".repeat(40) }) };

  test("gets inputs, event and files, and its outputs, summary, annotations, state and requests come back", async () => {
    const main = `import { appendFileSync, readFileSync } from "node:fs";
      const env = process.env;
      const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
      appendFileSync(env.GITHUB_OUTPUT, "ref=" + event.ref + "\\n" + "cwd=" + (process.cwd() === env.GITHUB_WORKSPACE) + "\\n");
      appendFileSync(env.GITHUB_OUTPUT, "inputs=" + [env["INPUT_SOME_INPUT"], env["INPUT_KEBAB-CASE"], env["INPUT_EXTRA"]].join("|") + "\\n");
      appendFileSync(env.GITHUB_STATE, "kept=yes\\n");
      appendFileSync(env.GITHUB_STEP_SUMMARY, "# Done");
      console.log("::add-mask::" + env.INPUT_TOKEN);
      console.log("token " + env.INPUT_TOKEN);
      console.log("::error file=x.json,line=2::bad");
      await fetch(env.GITHUB_API_URL + "/repos/octo/ml", { headers: { authorization: "Bearer " + env.INPUT_TOKEN } });
      process.exitCode = 1;`;
    writeFileSync(join(folder, "main.mjs"), main);
    writeFileSync(join(folder, "post.mjs"), "console.log('state ' + process.env.STATE_kept); ");
    const options = { ...step, action: folder, workspace: join(folder, "workspace"), double, inputs: { extra: "x" } };
    const result = await runAction(options);
    expect(result).toMatchObject({
      exitCode: 1,
      outputs: { ref: "refs/heads/main", cwd: "true", inputs: "d||x" },
      state: { kept: "yes" },
      summary: "# Done",
      requests: [{ method: "GET", path: "/repos/octo/ml", status: 200, token: "write" }],
    });
    expect(result.log).toContain("token ***");
    expect(result.annotations).toMatchObject([
      { level: "warning", message: expect.stringContaining("'extra'") },
      { level: "error", message: "bad", properties: { file: "x.json", line: "2" } },
    ]);
    expect((await runPost(options, result)).log).toContain("state yes");
  });

  test("of a fork's pull request gets the read-only token, and cannot get the other one by default", async () => {
    writeFileSync(join(folder, "main.mjs"), "console.log('token ' + process.env.INPUT_TOKEN);");
    const facts = { number: 1, headSha: "a".repeat(40), baseSha: "b".repeat(40), headRepository: "fork/ml" };
    const options = { action: folder, workspace: folder, double, event: pullRequestEvent(facts) };
    await expect(runAction(options)).rejects.toThrow("forkToken()");
    const result = await runAction({ ...options, double: { ...double, tokens: [writeToken(), forkToken()] } });
    expect(result.log).toContain(`token ${forkToken().secret}`);
  });

  test("that does not end is killed at its limit", async () => {
    writeFileSync(join(folder, "main.mjs"), "setInterval(() => {}, 1000);");
    const result = await runAction({ ...step, action: folder, workspace: folder, double, limitMs: 300 });
    expect(result).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  });
});

test("forks and Dependabot get a read-only token, a branch of the repository does not", () => {
  const facts = { number: 1, headSha: "a".repeat(40), baseSha: "b".repeat(40) };
  expect(pullRequestEvent(facts).readOnly).toBe(false);
  expect(pullRequestEvent({ ...facts, headRepository: "fork/ml" }).readOnly).toBe(true);
  expect(dependabotEvent(facts)).toMatchObject({
    readOnly: true,
    actor: "dependabot[bot]",
    headRef: "dependabot/pip/numpy-2",
  });
});
