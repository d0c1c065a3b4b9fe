import { describe, expect, test } from "vitest";
import { type LoggedRequest, writesIn } from "../servers/double/request-log.ts";
import { workflowToken } from "../servers/double/tokens.ts";
import type { RunnerEvent } from "../servers/runner/events.ts";
import { keep } from "./kept.ts";
import { said, startProject } from "./project.ts";

const models = ["fraud", "risk", "spam"] as const;
const entry = (model: string, gate = "{ metric: accuracy, max-drop: 0.02 }") =>
  `  ${model}: { paths: [${model}.json], metrics: [${model}.json], gates: [${gate}] }\n`;
const policyOf = (entries: readonly string[]) => `version: 1\nmodels:\n${entries.join("")}`;
const whole = policyOf(models.map((model) => entry(model)));
const measured = (accuracy: number) => JSON.stringify({ accuracy });
const path = ".github/metricgate.yml";
/** As docs/monorepo.md gives them out. */
const tokens = {
  all: workflowToken("all", "ghs_everything0123456789012345", { actions: "write", contents: "read" }),
  plan: workflowToken("plan", "ghs_plans012345678901234567890", { contents: "read", pull_requests: "read" }),
  leg: workflowToken("leg", "ghs_leg01234567890123456789012", { actions: "read", contents: "read" }),
  report: workflowToken("report", "ghs_report0123456789012345678", { contents: "read", pull_requests: "write" }),
};

/** Three models on main, each with a baseline when `recorded`. */
async function monorepo(policy: string | undefined = whole, recorded = true) {
  const files = Object.fromEntries(models.map((model) => [`${model}.json`, measured(0.9)]));
  const own = policy === undefined ? {} : { [path]: policy };
  const here = keep(await startProject({ ...files, ...own }, { tokens: Object.values(tokens) }));
  const base = here.commit("Three models");
  const { event, run } = here.pushed(base);
  for (const model of recorded ? models : []) {
    const step = await here.step("review", { model }, event, { run: { id: run } });
    expect(step.exitCode, said(step)).toBe(0);
    here.freshJob();
  }
  const propose = (changed: Record<string, string>) => here.proposed({ number: 1, base, files: changed });
  const plan = (on: RunnerEvent) => here.step("plan", {}, on, { token: tokens.plan.secret });
  const leg = async (model: string, on: RunnerEvent, id = 501, attempt = 1) => {
    here.freshJob();
    const inputs = { model, comment: "never", html: "false" };
    return here.step("review", inputs, on, { run: { id, attempt }, token: tokens.leg.secret });
  };
  const report = async (expected: string, on: RunnerEvent, id = 501, attempt = 1) => {
    here.freshJob();
    return here.step("report", { expect: expected }, on, { run: { id, attempt }, token: tokens.report.secret });
  };
  const comments = () => here.double.state.comments.map(({ body }) => body);
  return { here, base, propose, plan, leg, report, comments };
}

const rest = (log: readonly LoggedRequest[]) => log.filter(({ path: asked }) => asked.startsWith("/repos/"));

describe("plan", () => {
  test.each([
    ["the files of one model", { "fraud.json": measured(0.8) }, '["fraud"]'],
    ["two models", { "spam.json": measured(0.8), "fraud.json": measured(0.8) }, '["fraud","spam"]'],
    ["nothing of any", { "README.md": "x" }, "[]"],
    ["the policy", { [path]: `${whole}# changed\n` }, '["fraud","risk","spam"]'],
  ])("of a pull request that touches %s", async (_, files, expected) => {
    const { propose, plan } = await monorepo(whole, false);
    const result = await plan(propose(files).event);
    expect([result.exitCode, result.outputs.models, result.outputs.status], said(result)).toEqual([0, expected, "ok"]);
    expect(rest(result.requests).map(({ status }) => status)).toEqual([200]);
  });

  test("of a push compares with the commit before, without GitHub", async () => {
    const { here, base, plan } = await monorepo(whole, false);
    here.write({ "risk.json": measured(0.7) });
    const next = here.commit("Risk");
    const result = await plan(here.pushed(next, base).event);
    expect([result.outputs.models, result.requests], said(result)).toEqual(['["risk"]', []]);
  });

  test.each([
    ["no policy", { [path]: "" }, "policy"],
    ["a policy that is no YAML", { [path]: "version: 1\nmodels: [\n" }, path],
  ])("of %s is an error with the file and a next step, and no empty plan", async (_, files, named) => {
    const { propose, plan } = await monorepo(whole, false);
    const result = await plan(propose(files).event);
    expect([result.exitCode, result.outputs.models, result.outputs.status]).toEqual([2, undefined, "invalid"]);
    expect(said(result)).toContain(named);
  });
});

describe("report with expect", () => {
  test("speaks for all with one comment and the result of the worst, in few requests, and a re-run writes nothing", async () => {
    const { propose, plan, leg, report, comments } = await monorepo();
    const { event } = propose({
      "fraud.json": measured(0.8),
      "risk.json": measured(0.95),
      "spam.json": measured(0.95),
    });
    const planned = await plan(event);
    expect(planned.outputs.models).toBe(JSON.stringify(models));
    const legs = [];
    for (const model of models) legs.push(await leg(model, event));
    expect(legs.map(({ exitCode }) => exitCode)).toEqual([1, 0, 0]);
    const result = await report(planned.outputs.models ?? "", event);
    expect([result.exitCode, result.outputs.verdict], said(result)).toEqual([1, "fail"]);
    expect(comments()).toHaveLength(1);
    for (const model of models) expect(comments()[0]).toContain(`| ${model} |`);
    const counts = [planned, ...legs, result].map(({ requests }) => rest(requests).length);
    console.log(`matrix of three models: REST requests of plan, three legs, report: ${counts.join(" + ")}`);
    for (const count of counts) expect(count).toBeLessThanOrEqual(8);
    const refused = [planned, ...legs, result].flatMap(({ requests }) =>
      requests.filter(({ status }) => status >= 400),
    );
    expect(refused).toEqual([]);

    const again = await report(planned.outputs.models ?? "", event, 501, 2);
    expect(again.exitCode).toBe(1);
    expect(writesIn(again.requests)).toEqual([]);
  }, 180_000);

  test.each([
    ["an emptied plan", { "fraud.json": measured(0.5) }, "[]", []],
    [
      "a plan that leaves the worse model out",
      { "fraud.json": measured(0.5), "spam.json": measured(0.95) },
      '["spam"]',
      ["spam"],
    ],
    [
      "a policy that has lost the model",
      { "fraud.json": measured(0.5), [path]: policyOf([entry("risk"), entry("spam")]) },
      '["risk","spam"]',
      ["risk", "spam"],
    ],
    [
      "paths that were narrowed in the pull request",
      { "fraud.json": measured(0.5), [path]: whole.replace("paths: [fraud.json]", "paths: [elsewhere/**]") },
      "[]",
      [],
    ],
  ] as const)("is red and names the model for %s: the base plans", async (_, files, expected, run) => {
    const { propose, leg, report, comments } = await monorepo();
    const { event } = propose(files);
    for (const model of run) await leg(model, event);
    const result = await report(expected, event);
    expect(result.exitCode, said(result)).toBe(3);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toMatch(/fraud.*no verdict of it arrived/s);
  });

  test("names a model whose key or name the policy has wrong with file and line, and judges the others", async () => {
    const { propose, plan, leg, report, comments } = await monorepo();
    const wrong = policyOf([entry("fraud"), entry("risk", "{ metrc: accuracy }"), entry("spam"), entry("C")]);
    const { event } = propose({ "fraud.json": measured(0.95), [path]: wrong });
    const planned = await plan(event);
    expect(planned.outputs.models).toBe('["fraud","risk","spam","C"]');
    for (const model of ["fraud", "risk", "spam"]) await leg(model, event);
    const result = await report(planned.outputs.models ?? "", event);
    expect(result.exitCode, said(result)).toBe(3);
    expect(comments()[0]).toMatch(/metricgate\.yml:4`: .*metrc/);
    expect(comments()[0]).toMatch(/metricgate\.yml:6`: "C" is not a model name/);
    expect(comments()[0]).toMatch(/✅ \| fraud/);
  });

  test("is green without a comment when the change touches no model", async () => {
    const { propose, report, comments } = await monorepo(whole, false);
    const result = await report("[]", propose({ "README.md": "x" }).event);
    expect([result.exitCode, comments()], said(result)).toEqual([0, []]);
    expect(result.summary).toContain("changed");
  });

  test("is an error, and not green, when the base has no policy and nobody is named", async () => {
    const { propose, report } = await monorepo("", false);
    const result = await report("[]", propose({ "fraud.json": measured(0.5) }).event);
    expect([result.exitCode, result.outputs.status], said(result)).toEqual([2, "invalid"]);
  });

  test("is an error, and not green, when the base's policy cannot be read", async () => {
    const { propose, report } = await monorepo("version: 1\nmodels: [\n", false);
    const result = await report("[]", propose({ "fraud.json": measured(0.5) }).event);
    expect([result.exitCode, result.outputs.status], said(result)).toEqual([2, "invalid"]);
  });

  test("a list that is none is refused with what it should be", async () => {
    const { propose, report } = await monorepo(whole, false);
    const result = await report('{"fraud":1}', propose({ "fraud.json": measured(0.5) }).event);
    expect([result.exitCode, said(result)]).toEqual([2, expect.stringContaining("JSON list")]);
  });
});
