import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { metricgate } from "./cli.ts";
import { policyOf } from "./project.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metricgate-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = ["--at", "2026-11-20T12:00:00Z"];
const policy = policyOf(["{ metric: accuracy, max-drop: 0.02 }"]);
const path = (name: string) => join(folder, name);
const run = (...args: string[]) => metricgate(folder, args);
function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
}
const metrics = (accuracy: number) => `${JSON.stringify({ accuracy })}\n`;
const table = (right: number) =>
  `id,label,prediction\n${Array.from({ length: 400 }, (_, n) => `${n},${n % 2 ? "a" : "b"},${(n % 2 === 1) === n < right ? "a" : "b"}`).join("\n")}\n`;

/** Evaluates one file of metrics and keeps the evaluation under a name. */
function evaluation(name: string, accuracy: number): void {
  write({ "metrics.json": metrics(accuracy) });
  expect(run("evaluate", "--metrics", "metrics.json", "--out", name, ...at).code).toBe(0);
}

describe("evaluate", () => {
  it("prints only the document on stdout with --json, and says the rest on stderr", () => {
    write({ "metrics.json": metrics(0.9) });
    const { code, out, messages } = run("evaluate", "--metrics", "metrics.json", "--json", ...at);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kind: "metricgate/evaluation@1",
      model: { name: "model" },
      metrics: [{ name: "accuracy", value: 0.9 }],
    });
    expect(messages).toContain("1 metric");
  });

  it("measures a prediction table after running the command that makes it", () => {
    write({ "table.txt": table(400) });
    const { code, out, messages } = run(
      "evaluate",
      "--run",
      "echo evaluating; cp table.txt p.csv",
      "--predictions",
      "p.csv",
      "--json",
    );
    expect(code).toBe(0);
    expect(messages).toContain("evaluating");
    const document = JSON.parse(out);
    expect(document.rows).toMatchObject({ count: 400 });
    expect(document.metrics.map(({ name }: { name: string }) => name)).toContain("accuracy");
  });
});

describe("gate", () => {
  it.each([
    [0.9, 0, "pass"],
    [0.8, 1, "fail"],
  ] as const)("judges %d against 0.9 with exit code %d", (accuracy, exit, verdict) => {
    write({ ".github/metricgate.yml": policy });
    evaluation("before.json", 0.9);
    evaluation("after.json", accuracy);
    const { code, out } = run("gate", "--candidate", "after.json", "--baseline", "before.json", "--json", ...at);
    expect(code).toBe(exit);
    expect(JSON.parse(out)).toMatchObject({ kind: "metricgate/verdict@1", verdict });
  });

  it.each([
    [0.9, 0, "✅ model: 1 of 1 gate passed"],
    [0.1, 1, "❌ model: 1 of 1 gate failed"],
  ] as const)(
    "without a policy and without max-drop judges %d against 0.9 by a margin of 1%%",
    (accuracy, exit, says) => {
      evaluation("before.json", 0.9);
      evaluation("after.json", accuracy);
      const { code, out } = run("gate", "--candidate", "after.json", "--baseline", "before.json", ...at);
      expect(code).toBe(exit);
      expect(out).toContain(says);
      expect(out).toContain("Policy: none, so the default max-drop: 1%");
      expect(out).toContain("npx metricgate init");
    },
  );

  it("with max-drop: none and without a policy shows everything and judges nothing", () => {
    evaluation("before.json", 0.9);
    evaluation("after.json", 0.1);
    const files = ["--candidate", "after.json", "--baseline", "before.json"];
    const { code, out } = run("gate", ...files, "--max-drop", "none", ...at);
    expect(code).toBe(0);
    expect(out).toContain("accuracy");
    expect(out).not.toMatch(/\bpass(ed|es)?\b/i);
  });

  it("computes the very same verdict again from the folder that it wrote", () => {
    write({ ".github/metricgate.yml": policy });
    evaluation("before.json", 0.9);
    evaluation("after.json", 0.8);
    expect(run("gate", "--candidate", "after.json", "--baseline", "before.json").code).toBe(1);
    cpSync(path(".metricgate/m"), path("elsewhere"), { recursive: true });
    const verdict = readFileSync(path("elsewhere/verdict.json"), "utf8");
    rmSync(path("elsewhere/verdict.json"));
    rmSync(path(".github"), { recursive: true });
    const again = run("gate", "--from", "elsewhere");
    expect([again.code, again.messages]).toEqual([1, ""]);
    expect(readFileSync(path("elsewhere/verdict.json"), "utf8")).toBe(verdict);
  });

  it("refuses a folder whose baseline was exchanged", () => {
    evaluation("before.json", 0.9);
    evaluation("after.json", 0.8);
    run("gate", "--candidate", "after.json", "--baseline", "before.json", "--max-drop", "0.02");
    write({ ".metricgate/model/baseline.json": readFileSync(path("after.json"), "utf8") });
    const { code, messages, out } = run("gate", "--from", ".metricgate/model");
    expect([code, out]).toEqual([2, ""]);
    expect(messages).toContain("[baseline-differs]");
  });
});

describe("compare", () => {
  it("judges two metric files", () => {
    write({ "a.json": metrics(0.9), "b.json": metrics(0.8) });
    expect(run("compare", "a.json", "b.json", "--max-drop", "0.02").code).toBe(1);
    expect(run("compare", "b.json", "a.json", "--max-drop", "0.02").code).toBe(0);
    const { out } = run("compare", "a.json", "b.json", "--max-drop", "0.02", "--json");
    expect(JSON.parse(out).verdict).toBe("fail");
  });

  it("judges two prediction tables row by row", () => {
    write({ "a.csv": table(400), "b.csv": table(300) });
    const worse = run("compare", "a.csv", "b.csv", "--max-drop", "0.02", "--json");
    expect([worse.code, worse.messages]).toEqual([1, expect.not.stringContaining("[")]);
    const gate = JSON.parse(worse.out).gates.find(({ metric }: { metric: string }) => metric === "accuracy");
    expect(gate).toMatchObject({ outcome: "fail", baseline: 1, candidate: 0.75, change: -0.25 });
    expect(gate.interval.method).toBe("tango");
    expect(run("compare", "a.csv", "a.csv", "--max-drop", "0.02").code).toBe(0);
  });

  it("judges two evaluations", () => {
    evaluation("a.eval.json", 0.9);
    evaluation("b.eval.json", 0.8);
    expect(run("compare", "a.eval.json", "b.eval.json", "--max-drop", "0.02").code).toBe(1);
    expect(run("compare", "b.eval.json", "a.eval.json", "--max-drop", "0.02").code).toBe(0);
  });

  it("judges the work tree against the baseline that was recorded for a branch", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@example.com", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    write({ "metrics.json": metrics(0.9), ".gitignore": ".metricgate/\n" });
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "first");
    expect(run("evaluate", "--metrics", "metrics.json", "--record", "main").code).toBe(0);
    git("checkout", "--quiet", "-b", "change");
    write({ "metrics.json": metrics(0.8) });
    git("commit", "--quiet", "--all", "--message", "second");
    expect(run("evaluate", "--metrics", "metrics.json").code).toBe(0);
    const alone = run("gate", "--max-drop", "0.02");
    expect([alone.code, alone.messages], alone.out).toEqual([1, ""]);
    expect(alone.out).toContain("No base is known here, although baselines of model are recorded");
    expect(alone.out).toContain("Name one with `--baseline FILE`, or run `metricgate compare --base BRANCH`.");
    const worse = run("compare", "--base", "main", "--max-drop", "0.02", "--json");
    expect(worse.code, worse.messages).toBe(1);
    expect(JSON.parse(worse.out).gates[0]).toMatchObject({ baseline: 0.9, candidate: 0.8 });
    const shown = run("compare", "--base", "main", "--json");
    expect(shown.code, shown.messages).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({ gates: [], policy: { changedHere: false, advisory: false } });
    const unknown = run("compare", "--base", "no-such-branch");
    expect([unknown.code, unknown.out]).toEqual([2, ""]);
    expect(unknown.messages).toContain("[base-unknown]");
  });

  it("wants two files", () => {
    const { code, messages } = run("compare", "a.json");
    expect([code, messages]).toEqual([2, expect.stringContaining("[flag-missing]")]);
  });
});

describe("report", () => {
  it.each([
    ["comment", /<!-- metricgate:v1/],
    ["summary", /accuracy/],
    ["html", /^<!doctype html>/i],
    ["text", /accuracy/],
  ])("renders a verdict as %s", (format, wanted) => {
    evaluation("before.json", 0.9);
    evaluation("after.json", 0.8);
    run("gate", "--candidate", "after.json", "--baseline", "before.json", "--max-drop", "0.02");
    const { code, out, messages } = run("report", "--format", format);
    expect([code, messages]).toEqual([0, ""]);
    expect(out).toMatch(wanted);
    expect(run("report", "--format", format, "--out", "report.out").out).toBe("");
    expect(readFileSync(path("report.out"), "utf8")).toBe(out);
  });

  it("needs a verdict", () => {
    const { code, messages } = run("report");
    expect([code, messages]).toEqual([2, expect.stringContaining("[no-verdict]")]);
  });
});

describe("train, manifest and deploy", () => {
  it("carry a model to a folder by digest, and back again", () => {
    write({ ".github/metricgate.yml": policyOf(["{ metric: accuracy, min: 0.5 }"]), "metrics.json": metrics(0.9) });
    const train = (text: string) =>
      run("train", "--run", `mkdir -p model && printf ${text} > model/weights`, "--path", "model", "--json", ...at);
    const measure = () => {
      expect(run("evaluate", "--path", "model", ...at).code).toBe(0);
      return run("gate", ...at);
    };
    const deploy = (...more: string[]) => run("deploy", "--to", "serving", "--approval", "none", ...more);
    const one = train("one");
    expect(one.code, one.messages).toBe(0);
    const digest = run("manifest", "model").out.trim();
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(JSON.parse(one.out)).toMatchObject({ kind: "metricgate/training@1", model: { digest } });
    expect(JSON.parse(run("manifest", "model", "--json").out)).toMatchObject({ kind: "metricgate/manifest@1" });
    const judged = measure();
    expect(judged.code, judged.out).toBe(0);
    const accept = ["--accept", "warn"];
    expect(deploy("--path", "model", ...accept).code).toBe(0);
    train("two");
    measure();
    const failed = deploy("--path", "model", ...accept, "--smoke-run", "exit 1");
    expect(failed.code, failed.messages).toBe(1);
    expect(failed.messages).toContain("rolled-back");
    const good = deploy("--path", "model", ...accept, "--smoke-run", "test -f $METRICGATE_MODEL_DIR/weights", "--json");
    expect(good.code, good.messages).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ outcome: "active", previous: digest });
    const back = deploy("--rollback", "--json");
    expect(back.code, back.messages).toBe(0);
    expect(JSON.parse(back.out)).toMatchObject({ action: "rollback", model: { digest } });
  }, 60_000);

  it("end with 3 when the command fails, and keep its output out of stdout", () => {
    const { code, out, messages } = run("train", "--run", "echo nearly; exit 9", "--json");
    expect([code, out]).toEqual([3, ""]);
    expect(messages).toContain("nearly");
    expect(messages).toContain("[command-failed]");
  });

  it("refuse an approval that nobody can give on a laptop", () => {
    write({ "metrics.json": metrics(0.9), "model/w": "w" });
    run("evaluate", "--metrics", "metrics.json", "--path", "model");
    run("gate", "--max-drop", "0.02");
    const { code, messages } = run("deploy", "--path", "model", "--to", "serving", "--accept", "warn");
    expect([code, messages]).toEqual([2, expect.stringMatching(/\[(not-approved|verdict-refused)\]/)]);
  });
});

describe("schema, check and init", () => {
  it.each(["evaluation", "selection", "verdict", "training", "manifest", "deployment", "policy"])(
    "schema %s is a JSON Schema",
    (kind) => {
      const { code, out, messages } = run("schema", kind);
      expect([code, messages]).toEqual([0, ""]);
      expect(JSON.parse(out)).toMatchObject({ $schema: expect.stringContaining("json-schema.org") });
    },
  );

  it("an unknown kind is answered with the nearest one", () => {
    const { code, messages } = run("schema", "verdikt");
    expect([code, messages]).toEqual([2, expect.stringContaining("Did you mean `verdict`?")]);
  });

  it("init writes a policy that check accepts, from the metrics that it finds, and writes over nothing", () => {
    write({ "out/metrics.json": JSON.stringify({ accuracy: 0.9, log_loss: 0.3, epoch: 4 }) });
    const made = run("init", "--model", "fraud");
    expect(made.code, made.messages).toBe(0);
    const checked = run("check", "--explain");
    expect(checked.code, checked.messages).toBe(0);
    expect(checked.out).toMatch(/accuracy/);
    expect(checked.out).toMatch(/log_loss/);
    expect(readFileSync(path(".github/workflows/model-gate.yml"), "utf8")).toContain("fraud");
    const again = run("init", "--model", "fraud");
    expect([again.code, again.messages]).toEqual([2, expect.stringContaining("[file-exists]")]);
    expect(run("init", "--model", "fraud", "--force").code).toBe(0);
  });

  it("init without metrics says what to do", () => {
    const { code, messages } = run("init");
    expect([code, messages]).toEqual([2, expect.stringContaining("[no-metrics]")]);
  });

  it("check names every problem with file and line", () => {
    write({ ".github/metricgate.yml": policy.replace("max-drop", "max-dorp").replace("version: 1", "version: 9") });
    const { code, messages } = run("check");
    expect(code).toBe(2);
    expect(messages).toMatch(/^\.github\/metricgate\.yml:1/m);
    expect(messages).toMatch(/^\.github\/metricgate\.yml:6.*Did you mean `max-drop`/m);
  });
});

describe("any verb", () => {
  const verbs = ["init", "check", "train", "evaluate", "gate", "compare", "report", "deploy", "manifest", "schema"];

  it("has help, listed by the help of all", () => {
    const all = run("--help");
    expect(all.code).toBe(0);
    for (const verb of verbs) {
      expect(all.out).toContain(`metricgate ${verb}`);
      const { code, out, messages } = run(verb, "--help");
      expect([code, messages]).toEqual([0, ""]);
      expect(out).toContain(`metricgate ${verb}`);
    }
  }, 60_000);

  it("that does not exist is answered with the nearest", () => {
    const { code, out, messages } = run("evalaute");
    expect([code, out]).toEqual([2, ""]);
    expect(messages).toContain("Did you mean `evaluate`?");
    expect(run().code).toBe(2);
    expect(run("--version").out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [["evaluate", "--metric", "a.json"], "Did you mean `metrics`?", "[flag-unknown]"],
    [["gate", "--max-dorp", "1%"], "Did you mean `max-drop`?", "[flag-unknown]"],
    [["gate", "--max-drop", "lots"], "max-drop", "[flag-invalid]"],
    [["gate", "--model"], "needs a value", "[flag-invalid]"],
    [["train"], "`run`", "[flag-missing]"],
    [["gate", "--candidate", "none.json"], "none.json", "[file-missing]"],
    [["compare", "none.json", "none.json"], "none.json", "[file-missing]"],
    [["manifest", "none"], "none", "["],
    [["report", "none.json"], "none.json", "[file-missing]"],
    [["evaluate", "--working-directory", "nowhere", "--metrics", "a"], "nowhere", "[file-missing]"],
  ])("%j ends with 2, the next step and no stack trace", (args, text, code) => {
    const result = run(...args);
    expect([result.code, result.out]).toEqual([2, ""]);
    expect(result.messages).toContain(text);
    expect(result.messages).toContain(code);
    expect(result.messages).not.toMatch(/^\s+at /m);
  });
});
