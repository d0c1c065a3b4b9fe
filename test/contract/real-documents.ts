import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KindName } from "@metricgate/core/documents/kinds";
import type { Change } from "@metricgate/core/ports/change";
import { localEngine } from "../../packages/engines/src/local/local-engine.ts";
import { deploy } from "../../packages/pipeline/src/deploy/deploy.ts";
import { evaluate } from "../../packages/pipeline/src/evaluate/evaluate.ts";
import { gate } from "../../packages/pipeline/src/gate/gate.ts";
import { train } from "../../packages/pipeline/src/train/train.ts";
import { directoryTarget } from "../../packages/targets/src/directory/directory-target.ts";
import { base, portsIn, pullRequest, push } from "./mapping/job.ts";

const policyFile = ".github/metricgate.yml";
const policy = `version: 1
models:
  fraud:
    metrics: [extra.json]
    predictions: { path: rows.csv, slices: [country] }
    compute: [accuracy, log_loss]
    eval-set: { files: [eval.txt], id: fraud-eval@v1 }
    headline: { metric: accuracy, say: "{more|fewer} caught" }
    gates:
      - { metric: accuracy, max-drop: 0.02, min: 0.5, slices: { by: [country], max-drop: 0.05, min-support: 50 } }
      - { metric: log_loss, max-rise: 1% }
      - { metric: latency_ms, max-rise: 10%, severity: warn }
      - { metric: gone, direction: up, min: 0 }
waivers:
  - { model: fraud, gate: gone, reason: "RISK-412", by: asha, until: 2026-12-15 }
`;

/** A document as a verb wrote it. */
export interface WrittenDocument {
  kind: KindName;
  name: string;
  bytes: Uint8Array;
}

/**
 * Carries a model through the real verbs in a new folder, a push that records its baseline, a re-run pull request and a deployment, and
 * gives every document that they wrote; of drift, which no verb writes yet, one written by hand.
 */
export async function realDocuments(): Promise<{ folder: string; documents: WrittenDocument[] }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "documents-")));
  const environment = { PATH: process.env.PATH };
  const output = { begin: () => undefined, write: () => undefined, end: () => undefined };
  const engine = localEngine({ output, signals: { on: () => () => undefined }, environment });
  const documents: WrittenDocument[] = [];
  const put = (path: string, text: string) => writeFile(join(folder, path), text);
  const collect = async (step: string) => {
    const chain = ".metricgate/fraud";
    for (const file of (await readdir(join(folder, chain))).sort()) {
      if (!file.endsWith(".json")) continue;
      const bytes = await readFile(join(folder, chain, file));
      const kind = /"kind":"metricgate\/([a-z]+)@1"/.exec(bytes.toString("utf8"))?.[1] as KindName;
      documents.push({ kind, name: `${file} after ${step}`, bytes });
    }
  };
  await mkdir(join(folder, ".github"));
  await put(policyFile, policy);
  await put("eval.txt", "the eval set\n");
  const run = { id: 77, attempt: 1, workflow: ".github/workflows/gate.yml", event: "push" };
  const measure = async (change: Change, weights: string, spared: number, latency: number) => {
    const ports = { ...(await portsIn(folder, change)), engine };
    await put("extra.json", `{"metrics":[{"name":"latency_ms","value":${latency},"unit":"ms","repeats":[4,5,6]}]}`);
    await put("rows.csv", predictions(spared));
    const command = `mkdir -p model && printf ${weights} > model/weights.bin`;
    await train({ model: "fraud", policy: policyFile, run: command, path: "model", params: ["depth=3"] }, ports);
    await evaluate({ model: "fraud", policy: policyFile }, ports);
    const file = (name: string) => readFile(join(folder, ".metricgate/fraud", name));
    return { evaluation: await file("evaluation.json"), rows: await file("rows.csv") };
  };
  const recorded = await measure({ ...push, sha: base, run }, "one", 0, 5);
  const first = await measure({ ...pullRequest, run }, "two", 5, 5);
  await measure({ ...pullRequest, run: { ...run, attempt: 2 } }, "two", 15, 5);
  const ports = await portsIn(folder, { ...pullRequest, run: { ...run, attempt: 2 } });
  const tried = [
    { from: "base", found: "no record" },
    { from: "ancestor", found: "a record" },
  ];
  await gate(
    { model: "fraud", policy: policyFile, "max-drop": "0.01" },
    {
      ...ports,
      policyAt: async () => new TextEncoder().encode(policy),
      earlierAttempts: async () => [{ attempt: 1, evaluation: first.evaluation }],
      store: {
        name: "file",
        find: async () => ({ found: true, from: "ancestor", sha: base, behind: 3, files: recorded, tried, known: [] }),
        record: async () => ({ written: false, where: "nowhere" }),
      },
    },
  );
  const request = { model: "fraud", accept: "warn", approval: "none", rollback: false, path: "model" } as const;
  await deploy(
    { ...request, environment: "production", "smoke-run": "true", "smoke-url": "http://127.0.0.1:1/" },
    {
      ...ports,
      engine,
      target: directoryTarget({ root: join(folder, "live"), model: "fraud" }),
      smokeHttp: async (what) => ({ kind: "http", what, ok: true, text: "200" }),
      previousOf: async () => undefined,
      approve: async () => ({ kind: "environment", environment: "production", by: ["asha"] }),
      now: () => "2026-11-20T12:00:00Z",
    },
  );
  await collect("a deployment");
  await gate({ model: "fraud", policy: policyFile }, ports);
  await collect("a gate without a store");
  documents.push({ kind: "drift", name: "a drift record by hand", bytes: new TextEncoder().encode(drift) });
  return { folder, documents };
}

/** A tenth of the rows are wrong, but for the first few. */
function predictions(spared: number): string {
  const lines = Array.from({ length: 400 }, (_, n) => {
    const yes = n % 2 === 0;
    const score = (yes ? 0.8 : 0.2) + (n % 10 === 0 && n >= spared ? (yes ? -0.6 : 0.6) : 0);
    return `r${n},${yes ? 1 : 0},${score > 0.5 ? 1 : 0},${score.toFixed(3)},${n % 3 === 0 ? "BR" : "DE"}`;
  });
  return `id,label,prediction,score,country\n${lines.join("\n")}\n`;
}

const digest = `sha256:${"d".repeat(64)}`;
const drift = `${JSON.stringify({
  columns: [
    {
      adjustedP: 0.02,
      column: "amount",
      currentRows: 900,
      effect: { limit: 0.1, method: "psi", value: 0.21 },
      outcome: "fail",
      p: 0.01,
      referenceRows: 1000,
      type: "numeric",
    },
  ],
  current: { id: "week-47", rows: 900 },
  deployment: digest,
  kind: "metricgate/drift@1",
  model: { digest, name: "fraud" },
  outcome: "fail",
  reference: { digest, id: "training", rows: 1000 },
  run: { id: 9 },
})}\n`;
