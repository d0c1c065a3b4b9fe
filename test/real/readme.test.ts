import type { RunnerEvent } from "@metricgate/test-servers/runner/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { artifactNames } from "./scenarios/artifact-files.ts";
import { betterFeatures, newProject, worseFeatures } from "./scenarios/project.ts";
import { pythonVenv } from "./scenarios/python-venv.ts";
import { readmeWorkflow } from "./scenarios/readme-workflow.ts";
import { requestLines, restRequests } from "./scenarios/requests.ts";
import { type Scene, type SceneRun, startScene } from "./scenarios/scene.ts";
import { messagesOf, outputsOf, stepResult } from "./scenarios/step.ts";
import { realTier } from "./tier.ts";

const review = "OWNER/metricgate@v1";
const tier = realTier();
if (!tier.ready) console.log(tier.missing);
const venv = pythonVenv();
if (!venv.ready) console.log(venv.missing);

const script = (name: string, more = "") => `import subprocess, sys
subprocess.run([sys.executable, "python/${name}.py"], check=True)
${more}`;
/** What most people's evaluation ends with: scikit-learn's numbers in a JSON file. */
const metrics = `import csv, json
from sklearn.metrics import accuracy_score, log_loss, recall_score, roc_auc_score
rows = list(csv.DictReader(open("out/predictions.csv")))
truth = [row["label"] == "damage" for row in rows]
found = [row["prediction"] == "damage" for row in rows]
score = [float(row["score"]) for row in rows]
json.dump({
    "accuracy": accuracy_score(truth, found),
    "recall": recall_score(truth, found),
    "roc_auc": roc_auc_score(truth, score),
    "log_loss": log_loss(truth, score),
}, open("out/metrics.json", "w"))
print("measured in", sys.prefix)
`;

describe.runIf(tier.ready && venv.ready)(
  "the quick start of README.md in a new repository that trains in Python",
  () => {
    let scene: Scene;
    let main: string;
    let first: SceneRun;

    const run = (event: RunnerEvent) => scene.run({ workflow: "model-gate.yml", event, env });
    const env = { TEST_VENV: venv.ready ? venv.folder : "", PIP_NO_INDEX: "1", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
    const propose = async (branch: string, names: readonly string[]) => {
      const opened = await scene.open(scene.project.propose(branch, main, () => scene.project.setFeatures(names)));
      return { ...opened, run: await run(opened.event) };
    };

    beforeAll(async () => {
      if (!tier.ready || !venv.ready) return;
      const project = newProject({
        "requirements.txt": () => "scikit-learn\n",
        "train.py": () => script("train"),
        "evaluate.py": () => script("evaluate", metrics),
        ".github/workflows/model-gate.yml": readmeWorkflow,
        ".github/metricgate.yml": () => undefined,
      });
      main = project.git("rev-parse", "main");
      scene = await startScene(tier, project);
      first = await scene.pushMain("model-gate.yml", { env });
    });
    afterAll(() => scene?.stop());

    test("it has at most 20 lines", () => {
      expect(readmeWorkflow().trimEnd().split("\n").length).toBeLessThanOrEqual(20);
    });

    test("the first push records the baseline; its steps find Python and its packages in the virtual environment", () => {
      expect(first.exitCode, first.log).toBe(0);
      expect(first.log).toContain(`measured in ${venv.ready ? venv.folder : ""}`);
      expect(stepResult(first, review)).toBe("success");
      expect(artifactNames(scene.servers, first.id)).toContain("metricgate-baseline.model.1");
    });

    test("a worse pull request goes red with a comment, without a policy file", async () => {
      const worse = await propose("worse", worseFeatures);
      expect(worse.run.exitCode, worse.run.log).toBe(1);
      expect(stepResult(worse.run, review)).toBe("failure");
      expect(outputsOf(worse.run, "gate")).toMatchObject({ verdict: "fail", "baseline-sha": main });
      expect(messagesOf(worse.run, "error").join("\n")).toContain("roc_auc is worse by");
      const comments = await scene.comments(worse.number);
      expect(comments.map(({ body }) => body.split("\n")[2])).toEqual([
        expect.stringMatching(/^### ❌ model: \d of 4/),
      ]);
      const asked = restRequests(worse.run.requests);
      console.log(`${asked.length} requests of README's step to GitHub's API:\n${requestLines(asked)}`);
      expect(asked.length).toBeLessThanOrEqual(8);
    });

    test("a better pull request goes green", async () => {
      const better = await propose("better", betterFeatures);
      expect(better.run.exitCode, better.run.log).toBe(0);
      expect(outputsOf(better.run, "gate")).toMatchObject({ verdict: "pass", "baseline-sha": main });
    });
  },
);
