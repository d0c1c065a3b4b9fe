import { writesIn } from "@metricgate/test-servers/double/request-log";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames } from "./scenarios/artifact-files.ts";
import { newProject } from "./scenarios/project.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { shownBlocks } from "./scenarios/shown-workflow.ts";
import { outputsOf } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const tier = realTier();
if (!tier.ready) console.log(tier.missing);

const models = ["fraud", "risk", "spam"] as const;
type Accuracies = Partial<Record<(typeof models)[number], number>>;
const workflow = shownBlocks("docs/monorepo.md")[0] ?? "";
const entry = (model: string, gate = "{ metric: accuracy, max-drop: 0.02 }") =>
  `  ${model}: { paths: [${model}.json], metrics: [out/${model}.json], gates: [${gate}] }\n`;
const policyOf = (entries: string[]) => `version: 1\nmodels:\n${entries.join("")}`;
const policy = policyOf(models.map((model) => entry(model)));
const measured = (accuracy: number) => `${JSON.stringify({ accuracy })}\n`;
/** BROKEN names the model whose evaluation crashes. */
const evaluation = '[ "$1" != "$BROKEN" ] && mkdir -p out && cp "$1.json" "out/$1.json"\n';

describe.runIf(tier.ready)("the workflow of docs/monorepo.md under act, with three models", () => {
  let scene: Scene;
  let main: string;
  let first: SceneRun;

  const set = (accuracies: Accuracies) => () => {
    for (const [model, accuracy] of Object.entries(accuracies))
      scene.project.edit(`${model}.json`, () => measured(accuracy));
  };
  const propose = async (
    branch: string,
    change: () => void,
    more: { env?: Record<string, string>; base?: string } = {},
  ) => {
    const base = more.base ?? main;
    const opened = await scene.open(scene.project.propose(branch, base, change), { base });
    const run = await scene.run({
      workflow: "models.yml",
      event: opened.event,
      ...(more.env ? { env: more.env } : {}),
    });
    return { ...opened, run, planned: outputsOf(run, "plan").models, comments: await scene.comments(opened.number) };
  };
  /** What a comment about several models says of one: its row of the overview, then the lines under its heading. */
  const rows = (body: string | undefined, model: string) => {
    const [top = "", ...sections] = (body ?? "").split(/^(?=#### )/m);
    const overview = top.split("\n").filter((line) => line.startsWith("|") && line.includes(`| ${model} |`));
    const section = sections.filter((text) => new RegExp(`^#### \\S+ ${model}: `).test(text));
    return [
      ...overview,
      ...section.flatMap((text) => text.split("\n").filter((line) => !line.includes("Open the full report"))),
    ];
  };

  beforeAll(async () => {
    if (!tier.ready) return;
    const project = newProject({
      ".github/workflows/models.yml": () => workflow,
      ".github/metricgate.yml": () => policy,
      "evaluate.sh": () => evaluation,
      ...Object.fromEntries(models.map((model) => [`${model}.json`, () => measured(0.9)])),
    });
    scene = await startScene(tier, project);
    main = project.git("rev-parse", "main");
    first = await scene.pushMain("models.yml");
  });
  afterAll(() => scene?.stop());

  test("the workflow has at most 30 lines", () => {
    expect(workflow.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
  });

  test("the first push plans all three and records a baseline of each", () => {
    expect(first.jobResults, first.log).toEqual({ plan: "success", model: "success", report: "success" });
    expect(outputsOf(first, "plan").models).toBe(JSON.stringify(models));
    expect(artifactNames(scene.servers, first.id).filter((name) => /baseline/.test(name))).toEqual(
      models.map((model) => `metricgate-baseline.${model}.1`),
    );
  });

  test("a pull request that touches two models gets one comment about the two, and the result of the worse one", async () => {
    const { run, planned, comments } = await propose("two", set({ fraud: 0.8, spam: 0.95 }));
    expect(planned).toBe('["fraud","spam"]');
    expect(run.jobResults.report, run.log).toBe("failure");
    expect(comments).toHaveLength(1);
    expect(rows(comments[0]?.body, "fraud").join("\n"), comments[0]?.body).toContain("0.900 → **0.800**");
    expect(rows(comments[0]?.body, "spam").length).toBeGreaterThan(0);
    expect(comments[0]?.body).not.toContain("risk");
  });

  test("one that makes all three better is green with one comment; one that touches none is green without any", async () => {
    const { run, comments } = await propose("better", set({ fraud: 0.95, risk: 0.95, spam: 0.95 }));
    expect(run.jobResults, run.log).toEqual({ plan: "success", model: "success", report: "success" });
    expect(comments).toHaveLength(1);
    const aside = await propose("aside", () => scene.project.edit("README.md", (text) => `${text}\nMore.\n`));
    expect(aside.planned).toBe("[]");
    expect(aside.run.jobResults.report, aside.run.log).toBe("success");
    expect(writesIn(aside.run.requests)).toEqual([]);
  });

  test("an author who empties the plan, or takes the model out of the policy, gets red and the model's name", async () => {
    const emptied = await propose("emptied", () => {
      set({ fraud: 0.5 })();
      scene.project.edit(".github/workflows/models.yml", (text) =>
        text.replace('models: "${{ steps.plan.outputs.models }}"', 'models: "[]"'),
      );
    });
    const withdrawn = await propose("withdrawn", () => {
      set({ fraud: 0.5 })();
      scene.project.edit(".github/metricgate.yml", () => policyOf([entry("risk"), entry("spam")]));
    });
    expect(withdrawn.planned).toBe('["risk","spam"]');
    for (const { run, comments } of [emptied, withdrawn]) {
      expect(run.jobResults.report, run.log).toBe("failure");
      expect(comments).toHaveLength(1);
      expect(comments[0]?.body).toContain("fraud");
      expect(comments[0]?.body).toContain("no verdict of it arrived");
    }
  });

  test("a leg that crashed is a failure; when it alone is run again, only its rows change", async () => {
    const change = set({ fraud: 0.95, risk: 0.95, spam: 0.95 });
    const { event, number, run, comments } = await propose("again", change, { env: { BROKEN: "spam" } });
    expect(run.jobResults.report, run.log).toBe("failure");
    const [before] = comments;
    expect(before?.body).toContain("no verdict of it arrived");
    const again = await scene.run({ workflow: "models.yml", event, again: run.id, matrix: { model: "spam" } });
    expect(again.jobResults.report, again.log).toBe("success");
    const after = await scene.comments(number);
    expect(after).toHaveLength(1);
    expect(after[0]?.body).not.toContain("no verdict of it arrived");
    for (const model of ["fraud", "risk"]) {
      expect(rows(before?.body, model).length, before?.body).toBeGreaterThan(0);
      expect(rows(after[0]?.body, model)).toEqual(rows(before?.body, model));
    }
    expect(artifactNames(scene.servers, run.id).filter((name) => /verdict/.test(name))).toEqual([
      "metricgate-verdict.fraud.1",
      "metricgate-verdict.risk.1",
      "metricgate-verdict.spam.2",
    ]);
  });

  test("a bad line in one model's part of the base's policy stops that model alone", async () => {
    const bad = policyOf([entry("fraud"), entry("risk", "{ metric: accuracy, max-dorp: 0.02 }"), entry("spam")]);
    scene.project.git("checkout", "--quiet", "--force", "-B", "bad", main);
    scene.project.edit(".github/metricgate.yml", () => bad);
    const base = scene.project.commit("A slip");
    const { run, planned, comments } = await propose("slip", set({ fraud: 0.95, spam: 0.95 }), { base });
    expect(planned).toBe(JSON.stringify(models));
    expect(run.jobResults.report, run.log).toBe("failure");
    expect(comments).toHaveLength(1);
    for (const model of ["fraud", "spam"]) expect(rows(comments[0]?.body, model).length).toBeGreaterThan(0);
    expect(run.annotations.map(({ message }) => message).join("\n")).toContain("max-dorp");
    const errors = run.annotations.filter(({ level, message }) => level === "error" && message.includes("max-dorp"));
    // The leg that it stopped, and the report that tells why its verdict is not there.
    expect(errors.map(({ job }) => job)).toEqual(["model", "report"]);
  });
});
