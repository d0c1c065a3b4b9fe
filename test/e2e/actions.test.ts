import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writesIn } from "../servers/double/request-log.ts";
import { addApproval } from "../servers/double/seed.ts";
import type { RunnerEvent } from "../servers/runner/events.ts";
import { pushEvent } from "../servers/runner/events.ts";
import { keep } from "./kept.ts";
import { gatedProject, type Project, policyOf, said, startProject } from "./project.ts";

async function plain(files: Readonly<Record<string, string>> = {}) {
  const here = keep(await startProject({ "README.md": "a model\n", ...files }));
  const sha = here.commit("first");
  return { here, event: here.pushed(sha).event };
}

const alive = (pid: number) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
  } catch {
    return false;
  }
};

async function until(happened: () => boolean): Promise<void> {
  for (let left = 600; left > 0 && !happened(); left -= 1) await new Promise((done) => setTimeout(done, 50));
  if (!happened()) throw new Error("It never happened.");
}

describe("a command of the user, in train and in evaluate", () => {
  const commands = [
    "::set-output name=model-digest::forged",
    "::add-mask::accuracy",
    "::add-path::/tmp/evil",
    "::set-env name=EVIL::1",
    "::error file=a::forged",
    "##[add-matcher]/tmp/m.json",
    "::stop-commands::mine",
    "::save-state name=post::false",
  ];

  it.each(["train", "evaluate"])("prints what it likes, and commands nothing: %s", async (action) => {
    const { here, event } = await plain({
      "shout.txt": `${commands.join("\n")}\n`,
      "metrics.json": '{"accuracy": 0.9}',
    });
    const inputs = {
      run: "cat shout.txt; printf '  ::error::no line end'",
      ...(action === "evaluate" ? { metrics: "metrics.json" } : {}),
    };
    const result = await here.step(action, inputs, event);
    expect(result.exitCode, said(result)).toBe(0);
    for (const line of commands) expect(result.raw).toContain(line);
    expect(result.annotations.filter(({ level }) => level === "error")).toEqual([]);
    expect([result.env, result.paths]).toEqual([{}, []]);
    expect(JSON.stringify(result.outputs)).not.toContain("forged");
    const names = result.commands.map(({ name }) => name);
    expect(names.filter((name) => ["add-matcher", "set-env", "add-path"].includes(name))).toEqual([]);
    expect(result.commands.filter(({ name }) => name === "stop-commands").map(({ data }) => data)).not.toContain(
      "mine",
    );
    expect(result.commands.filter(({ name, data }) => name === "add-mask" && data === "accuracy")).toEqual([]);
  });

  it.each(["train", "evaluate"])("sees no token, no input and no command file: %s", async (action) => {
    const { here, event } = await plain({ "metrics.json": '{"accuracy": 0.9}' });
    const inputs = {
      run: "env > env.txt",
      "pass-env": "WANTED_KEY",
      ...(action === "evaluate" ? { metrics: "metrics.json" } : {}),
    };
    const env = { GITHUB_TOKEN: here.double.token, MY_TOKEN: here.double.token, WANTED_KEY: "k-123", HARMLESS: "yes" };
    const result = await here.step(action, inputs, event, { env });
    expect(result.exitCode, said(result)).toBe(0);
    const seen = here.read("env.txt");
    expect(seen).not.toContain(here.double.token);
    expect(seen).not.toMatch(/^(ACTIONS_|INPUT_|STATE_|GITHUB_(OUTPUT|STATE|ENV|PATH|STEP_SUMMARY)=)/m);
    expect(seen).toContain("WANTED_KEY=k-123");
    expect(seen).toContain("HARMLESS=yes");
    expect(result.raw.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain(here.double.token);
  });

  it("that fails says so with its exit code and the end of its output, and is no verdict", async () => {
    const { here, event } = await plain();
    const result = await here.step("train", { run: "echo out of memory; exit 137" }, event);
    expect([result.exitCode, result.outputs.status]).toEqual([3, "crashed"]);
    expect(said(result)).toContain("exit code 137");
    expect(said(result)).toContain("[command-failed]");
    expect(result.summary).toContain("out of memory");
  });
});

describe("train", () => {
  const stubborn = `
trap 'echo interrupted > checkpoint/state' INT TERM
mkdir -p checkpoint
if [ -f checkpoint/state ]; then cp checkpoint/state restored; fi
(trap '' INT TERM; echo $BASHPID >> pids; while :; do sleep 0.1; done) &
setsid sh -c "trap '' INT TERM; echo \\$\\$ >> pids; while :; do sleep 0.1; done" &
sleep 0.3; echo $$ >> pids; echo ready > ready
while :; do sleep 0.1; done
`;

  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends the whole tree within 10 s with status crashed; the checkpoint is saved after it and restored by the next run",
    async (signal) => {
      const { here, event } = await plain({ "train.sh": stubborn });
      const inputs = { run: "exec bash train.sh", checkpoint: "checkpoint", grace: "2" };
      let sent = 0;
      const interrupt = async (pid: number) => {
        await until(() => here.exists("ready"));
        sent = performance.now();
        process.kill(pid, signal);
      };
      let sending: Promise<void> | undefined;
      const main = await here.step("train", inputs, event, {
        run: { id: 71 },
        onStart: (pid) => {
          sending = interrupt(pid);
        },
      });
      const took = performance.now() - sent;
      await sending;
      expect([main.exitCode, main.outputs.status], main.raw).toEqual([3, "crashed"]);
      expect(said(main)).toContain("[command-interrupted]");
      expect(took).toBeLessThan(10_000);
      const pids = here.read("pids").trim().split("\n").map(Number);
      expect(pids).toHaveLength(3);
      expect(pids.filter(alive)).toEqual([]);

      const post = await here.post("train", main, event, { run: { id: 71 } });
      expect(post.exitCode, post.raw).toBe(0);
      expect(here.double.state.caches.map(({ key }) => key)).toEqual([
        expect.stringMatching(/^metricgate-checkpoint-.*71-1$/),
      ]);

      here.git("clean", "--quiet", "-fdx");
      const next = await here.step("train", { run: "cat checkpoint/state > found", checkpoint: "checkpoint" }, event, {
        run: { id: 72 },
      });
      expect(next.exitCode, said(next)).toBe(0);
      expect(here.read("found")).toBe("interrupted\n");
    },
    60_000,
  );

  it("records the model by digest and uploads its files", async () => {
    const { here, event } = await plain();
    const result = await here.step(
      "train",
      { run: "mkdir model; printf $METRICGATE_PARAM_DEPTH > model/w", path: "model", params: "depth=3", model: "m" },
      event,
    );
    expect([result.exitCode, result.outputs.status], said(result)).toEqual([0, "ok"]);
    const record = JSON.parse(here.read(result.outputs["result-file"] ?? ""));
    expect(record).toMatchObject({ kind: "metricgate/training@1", exit: { code: 0, interrupted: false } });
    expect(record.model.digest).toBe(result.outputs["model-digest"]);
    const manifest = JSON.parse(here.read(".metricgate/m/manifest.json"));
    const sha256 = createHash("sha256").update("3").digest("hex");
    expect(JSON.stringify(manifest)).toContain(sha256);
    expect(here.double.state.artifacts.map(({ name }) => name)).toEqual(["metricgate-model.m.1"]);
  });
});

const policy = policyOf(["{ metric: accuracy, max-drop: 0.02 }"]);

describe("evaluate, gate and report in jobs of their own", () => {
  it("pass the documents on as artifacts, name the policy's only model, and end as the verdict says", async () => {
    const here = keep(await gatedProject({ accuracy: 0.9 }, policy));
    const pull = here.proposed({ number: 1, base: here.base, files: { "metrics.json": '{"accuracy": 0.8}' } });
    const run = { run: { id: 301 } };
    const evaluated = await here.step("evaluate", {}, pull.event, run);
    expect(evaluated.exitCode, said(evaluated)).toBe(0);
    here.freshJob();
    const gated = await here.step("gate", {}, pull.event, run);
    expect([gated.exitCode, gated.outputs.verdict], said(gated)).toEqual([1, "fail"]);
    expect(JSON.parse(gated.outputs["failed-gates"] ?? "")).toEqual([expect.stringContaining("accuracy")]);
    expect(gated.outputs["baseline-sha"]).toBe(here.base);
    here.freshJob();
    const reported = await here.step("report", {}, pull.event, run);
    expect([reported.exitCode, reported.outputs.verdict], said(reported)).toEqual([0, "fail"]);
    expect(here.double.state.comments).toHaveLength(1);
    expect(reported.summary).toContain("accuracy");
    expect(reported.outputs["report-url"]).toMatch(/\/actions\/runs\/301\/artifacts\/\d+$/);
  });
});

describe("a re-run", () => {
  async function attempts(first: number, second: number, more = "") {
    const here = keep(await gatedProject({ accuracy: 0.9 }, `${policy}${more}`));
    const files = { "metrics.json": JSON.stringify({ accuracy: first }) };
    const pull = here.proposed({ number: 1, base: here.base, files });
    const one = await here.step("review", {}, pull.event, { run: { id: 401, attempt: 1 } });
    here.freshJob();
    here.write({ "metrics.json": JSON.stringify({ accuracy: second }) });
    const two = await here.step("review", {}, pull.event, { run: { id: 401, attempt: 2 } });
    return { here, pull, one, two };
  }

  it("that measured the same has the same documents and writes nothing on the pull request", async () => {
    const { one, two, here } = await attempts(0.8, 0.8);
    expect([one.exitCode, two.exitCode], said(two)).toEqual([1, 1]);
    expect(two.outputs["failed-gates"]).toBe(one.outputs["failed-gates"]);
    expect(writesIn(two.requests)).toEqual([]);
    expect(here.double.state.comments).toHaveLength(1);
  });

  it("with better numbers stays failed: the worst of the attempts counts", async () => {
    const { one, two } = await attempts(0.8, 0.95);
    expect([one.outputs.verdict, two.outputs.verdict, two.exitCode], said(two)).toEqual(["fail", "fail", 1]);
    expect(two.summary).toContain("earlier attempt on this commit failed");
    expect(two.summary).toContain("`on-rerun: latest`");
  });

  it("with better numbers passes where the policy says `on-rerun: latest`", async () => {
    const { one, two } = await attempts(0.8, 0.95, "on-rerun: latest\n");
    expect([one.outputs.verdict, two.outputs.verdict, two.exitCode], said(two)).toEqual(["fail", "pass", 0]);
  });

  it("with worse numbers fails", async () => {
    const { one, two } = await attempts(0.95, 0.8);
    expect([one.outputs.verdict, two.outputs.verdict, two.exitCode], said(two)).toEqual(["pass", "fail", 1]);
  });

  it("of the very same attempt is idempotent", async () => {
    const { here, pull, two } = await attempts(0.8, 0.8);
    const before = here.double.state.artifacts.length;
    here.freshJob();
    const again = await here.step("review", {}, pull.event, { run: { id: 401, attempt: 2 } });
    expect([again.exitCode, again.outputs["failed-gates"]], said(again)).toEqual([1, two.outputs["failed-gates"]]);
    expect(writesIn(again.requests)).toEqual([]);
    expect(here.double.state.artifacts.length).toBe(before);
    expect(again.annotations.filter(({ level }) => level === "warning")).toEqual([]);
  });
});

describe("deploy", () => {
  const floor = policyOf(["{ metric: accuracy, min: 0.5, max-drop: 0.02 }"]);
  interface Judged {
    here: Project & { base: string };
    event: RunnerEvent;
    run: number;
    digest: string;
    deploy(inputs?: Record<string, string>, attempt?: number): ReturnType<Project["step"]>;
    live(): string | undefined;
  }

  /** A run of main that trained, measured and judged a model; `accuracy` against a baseline of 0.9. */
  async function judged(accuracy = 0.9, approved = true): Promise<Judged> {
    const here = keep(await gatedProject({ accuracy: 0.9 }, floor));
    return judgedIn(here, here.base, accuracy, approved);
  }

  async function judgedIn(
    here: Project & { base: string },
    before: string,
    accuracy: number,
    approved = true,
  ): Promise<Judged> {
    here.git("checkout", "--quiet", "--force", "-B", "main", before);
    here.write({ "metrics.json": JSON.stringify({ accuracy }) });
    const sha = here.commit("Another model");
    const { event, run } = here.pushed(sha, before);
    here.freshJob();
    const at = { run: { id: run } };
    const trained = await here.step(
      "train",
      { run: `rm -rf model; mkdir model; printf ${sha} > model/w`, path: "model" },
      event,
      at,
    );
    const reviewed = await here.step("review", { path: "model" }, event, at);
    if (trained.exitCode !== 0 || reviewed.outputs.verdict === undefined)
      throw new Error(`${said(trained)}\n${said(reviewed)}`);
    if (approved) addApproval(here.double.world, run, { user: "asha", environments: ["production"] });
    here.git("clean", "--quiet", "-fdx", "--exclude", "serving");
    return {
      here,
      event,
      run,
      digest: trained.outputs["model-digest"] ?? "",
      deploy: (inputs = {}, attempt = 1) =>
        here.step("deploy", { to: "serving", environment: "production", ...inputs }, event, {
          run: { id: run, attempt },
        }),
      live: () => {
        const weights = join(here.folder, "serving/m/current/w");
        return existsSync(weights) ? readFileSync(weights, "utf8") : undefined;
      },
    };
  }

  it("promotes exactly the judged bytes, after an approval, and records it", async () => {
    const { here, digest, deploy, live, event, run } = await judged();
    const result = await deploy();
    expect([result.exitCode, result.outputs["model-digest"]], said(result)).toEqual([0, digest]);
    expect(live()).toBe(event.sha);
    const record = JSON.parse(here.read(result.outputs["result-file"] ?? ""));
    expect(record).toMatchObject({
      outcome: "active",
      approval: { kind: "environment", by: ["asha"] },
      model: { digest },
    });
    expect(here.double.state.deployments.map(({ environment }) => environment)).toEqual(["production"]);
    expect(here.double.state.deploymentStatuses.map(({ fields }) => fields.state)).toEqual(["in_progress", "success"]);
    expect(result.outputs["deployment-url"]).toContain(`/actions/runs/${run}`);
  });

  it("again in the same attempt changes nothing", async () => {
    const { here, deploy, live, event } = await judged();
    await deploy();
    const again = await deploy();
    expect(again.exitCode, said(again)).toBe(0);
    expect(live()).toBe(event.sha);
    expect(here.double.state.deployments).toHaveLength(1);
    expect(writesIn(again.requests).filter(({ path }) => path.endsWith("/deployments"))).toEqual([]);
  });

  it("in a second attempt needs a new approval", async () => {
    const { here, deploy, run } = await judged();
    await deploy();
    const second = await deploy({}, 2);
    expect([second.exitCode, second.outputs.status], said(second)).toEqual([2, "invalid"]);
    expect(said(second)).toContain("[not-approved]");
    addApproval(here.double.world, run, { user: "asha", environments: ["production"] });
    const approved = await deploy({}, 2);
    expect(approved.exitCode, said(approved)).toBe(0);
  });

  const refusals: [
    string,
    { accuracy?: number; approved?: boolean; inputs?: Record<string, string>; change?: (here: Project) => void },
    string,
  ][] = [
    ["nobody approved", { approved: false }, "not-approved"],
    ["another digest is asked for", { inputs: { "model-digest": `sha256:${"0".repeat(64)}` } }, "model-digest-differs"],
    [
      "the files are not those that were judged",
      { inputs: { path: "model" }, change: (here) => here.write({ "model/w": "other bytes" }) },
      "model-digest-differs",
    ],
    ["the verdict is fail", { accuracy: 0.6 }, "verdict-refused"],
    ["the verdict is fail, even with accept: warn", { accuracy: 0.6, inputs: { accept: "warn" } }, "verdict-refused"],
    ["nobody merged it by an approved pull request", { inputs: { approval: "pull-request" } }, "not-approved"],
  ];

  it.each(refusals)("refuses when %s, and nothing changes", async (_, { accuracy, approved, inputs, change }, code) => {
    const { here, deploy, live } = await judged(accuracy, approved);
    change?.(here);
    const result = await deploy(inputs);
    expect([result.exitCode, result.outputs.status], said(result)).toEqual([2, "invalid"]);
    expect(said(result)).toContain(`[${code}]`);
    expect(live()).toBeUndefined();
    const states = here.double.state.deploymentStatuses.map(({ fields }) => fields.state);
    expect([undefined, "failure"]).toContain(states.at(-1));
    expect(states).not.toContain("success");
    expect(result.summary).not.toBe("");
  });

  it("refuses a verdict that was changed after it was given", async () => {
    const { here, deploy, event, run, live } = await judged(0.6);
    const fetched = await deploy();
    expect(said(fetched)).toContain("[verdict-refused]");
    for (const name of ["verdict.json", "evaluation.json"]) {
      const path = join(here.folder, ".metricgate/m", name);
      writeFileSync(
        path,
        readFileSync(path, "utf8")
          .replaceAll(/"(verdict|outcome)":(\s*)"fail"/g, '"$1":$2"pass"')
          .replaceAll("0.6", "0.95"),
      );
    }
    const forged = await here.step("deploy", { to: "serving", environment: "production" }, event, { run: { id: run } });
    expect(forged.exitCode, said(forged)).toBe(2);
    expect(said(forged)).toMatch(/\[(verdict-differs|candidate-differs|document-invalid)\]/);
    expect(live()).toBeUndefined();
  });

  it("takes a warning only with accept: warn", async () => {
    const here = keep(await startProject({ ".github/metricgate.yml": floor, "metrics.json": '{"accuracy": 0.9}' }));
    const sha = here.commit("first");
    const { deploy } = await judgedIn({ ...here, base: sha }, sha, 0.9);
    const refused = await deploy();
    expect([refused.exitCode, said(refused)]).toEqual([2, expect.stringContaining("[verdict-refused]")]);
    const accepted = await deploy({ accept: "warn" });
    expect(accepted.exitCode, said(accepted)).toBe(0);
  });

  it.each([
    ["of a pull request", { event: "pull_request" }],
    ["of another repository", { headRepository: "stranger/ml" }],
    ["that failed", { conclusion: "failure" }],
    ["of another branch", { headBranch: "feature" }],
  ])("does not believe a run %s", async (_, changed) => {
    const { here, run, live, event } = await judged();
    const found = here.double.state.runs.find(({ id }) => id === run);
    if (found === undefined) throw new Error("The run is not there.");
    const later = here.pushed(event.sha).run;
    addApproval(here.double.world, later, { user: "asha", environments: ["production"] });
    const deploy = () =>
      here.step("deploy", { to: "serving", environment: "production", "run-id": String(run) }, event, {
        run: { id: later },
      });
    Object.assign(found, changed);
    const refused = await deploy();
    expect([refused.exitCode, refused.outputs.status], said(refused)).toEqual([2, "invalid"]);
    expect(said(refused)).toContain("[run-refused]");
    expect(live()).toBeUndefined();
  });

  it("believes a successful push run of the same workflow, named by run-id", async () => {
    const { here, run, live, event } = await judged();
    const later = here.pushed(event.sha).run;
    addApproval(here.double.world, later, { user: "asha", environments: ["production"] });
    const inputs = { to: "serving", environment: "production", "run-id": String(run) };
    const result = await here.step("deploy", inputs, event, { run: { id: later } });
    expect(result.exitCode, said(result)).toBe(0);
    expect(live()).toBe(event.sha);
  });

  it("goes back when the smoke test fails, and on request", async () => {
    const first = await judged();
    expect((await first.deploy({ "smoke-run": "test -f $METRICGATE_MODEL_DIR/w" })).exitCode).toBe(0);
    const second = await judgedIn(first.here, first.event.sha, 0.9);
    const failed = await second.deploy({ "smoke-run": "echo too slow; exit 1" });
    expect([failed.exitCode, failed.outputs["previous-digest"]], said(failed)).toEqual([1, first.digest]);
    expect(second.live()).toBe(first.event.sha);
    expect(first.here.double.state.deploymentStatuses.at(-1)?.fields.state).toBe("failure");
    const good = await second.deploy();
    expect([good.exitCode, second.live()], said(good)).toEqual([0, second.event.sha]);
    const back = await second.deploy({ rollback: "true" });
    expect([back.exitCode, back.outputs["model-digest"], second.live()], said(back)).toEqual([
      0,
      first.digest,
      first.event.sha,
    ]);
  });

  it("tests by HTTP: 200 keeps the model, 404 takes it back", async () => {
    let status = 200;
    const server = createServer((_, response) => response.writeHead(status).end());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
      const first = await judged();
      const good = await first.deploy({ "smoke-url": url });
      expect([good.exitCode, first.live()], said(good)).toEqual([0, first.event.sha]);
      status = 404;
      const second = await judgedIn(first.here, first.event.sha, 0.9);
      const bad = await second.deploy({ "smoke-url": url });
      expect([bad.exitCode, second.live()], said(bad)).toEqual([1, first.event.sha]);
    } finally {
      server.close();
    }
  }, 60_000);

  it("without permission for deployments promotes all the same and names the missing line", async () => {
    const { here, deploy, live, event } = await judged();
    here.double.faults.add({
      route: "POST /repos/:o/:r/deployments",
      times: 9,
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    const result = await deploy();
    expect([result.exitCode, live()], said(result)).toEqual([0, event.sha]);
    expect(said(result)).toContain("deployments: write");
  });
});

describe("a push to the base branch", () => {
  it("records a baseline and informs: a worse model does not fail the step", async () => {
    const here = keep(await gatedProject({ accuracy: 0.9 }, policy));
    here.git("checkout", "--quiet", "--force", "-B", "main", here.base);
    here.write({ "metrics.json": '{"accuracy": 0.5}' });
    const { event, run } = here.pushed(here.commit("worse"), here.base);
    const result = await here.step("review", {}, event, { run: { id: run } });
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([0, "fail"]);
    expect(here.double.state.artifacts.map(({ name }) => name)).toContain("metricgate-baseline.m.1");
    expect(here.double.state.comments).toEqual([]);
  });

  it("of a tag called like the branch records none", async () => {
    const here = keep(await gatedProject({ accuracy: 0.9 }, policy));
    const before = here.double.state.artifacts.filter(({ name }) => name.startsWith("metricgate-baseline")).length;
    const event = { ...pushEvent({ sha: here.base }), ref: "refs/tags/main" };
    const result = await here.step(
      "review",
      {},
      { ...event, payload: { ...event.payload, ref: "refs/tags/main" } },
      { run: { id: 900 } },
    );
    expect(result.exitCode, said(result)).toBeLessThan(2);
    expect(here.double.state.artifacts.filter(({ name }) => name.startsWith("metricgate-baseline")).length).toBe(
      before,
    );
  });
});
