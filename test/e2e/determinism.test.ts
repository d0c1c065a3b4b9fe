import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { metricgate } from "./cli.ts";
import { node24, node24Missing } from "./node24.ts";
import { startProject } from "./project.ts";

/** A prediction table of 2000 rows with scores that are no round numbers, in the order of a multiplicative walk. */
function table(shift: number): string {
  const rows = Array.from({ length: 2000 }, (_, n) => {
    const id = (n * 733) % 2000;
    const label = id % 7 === 0 ? "ja" : "nein";
    const score = ((id * 7919) % 1009) / 1009 / (label === "ja" ? 1 + shift : 2 + shift / 3);
    return `${id},${label},${score},${score > 0.4 ? "ja" : "nein"},${["ı", "İ", "ä", "z"][id % 4]}`;
  });
  return `id,label,score,prediction,region\n${rows.join("\n")}\n`;
}

const policy = `version: 1
models:
  m:
    predictions: { path: p.csv, id: id, label: label, score: score, prediction: prediction, positive: ja, slices: [region] }
    metrics: [metrics.json]
    gates:
      - { metric: accuracy, max-drop: 0.01, slices: { by: [region], max-drop: 0.02, min-support: 50 } }
      - { metric: roc_auc, max-drop: 0.005 }
      - { metric: f1, max-drop: 0.02 }
      - { metric: log_loss, max-rise: 1% }
      - { metric: latency_ms, max-rise: 1% }
`;

const made: string[] = [];
const folderOf = (prefix: string) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  made.push(folder);
  return folder;
};

/** Everything that the chain says in a folder of that name, in that environment, on that Node. */
function documents(given: { prefix?: string; env?: Record<string, string>; node?: string } = {}) {
  const folder = folderOf(given.prefix ?? "metricgate-same-");
  cpSync(source, folder, { recursive: true });
  const ask = (...args: string[]) => {
    const result = metricgate(folder, args, given);
    if (result.code === null || result.code > 1)
      throw new Error(`${args.join(" ")}: ${result.code} ${result.messages}`);
    return result.out;
  };
  for (const [side, shift] of [
    ["before", 0],
    ["after", 0.3],
  ] as const) {
    cpSync(join(folder, `${side}.csv`), join(folder, "p.csv"));
    cpSync(join(folder, `${side}.json`), join(folder, "metrics.json"));
    ask("evaluate", "--at", "2026-11-20T12:00:00Z");
    cpSync(join(folder, ".metricgate/m"), join(folder, side), { recursive: true });
    if (shift === 0) rmSync(join(folder, ".metricgate"), { recursive: true });
  }
  const text = ask("gate", "--candidate", "after/evaluation.json", "--baseline", "before/evaluation.json");
  return {
    evaluation: readFileSync(join(folder, "after/evaluation.json"), "utf8"),
    rows: readFileSync(join(folder, "after/rows.csv"), "utf8"),
    verdict: readFileSync(join(folder, ".metricgate/m/verdict.json"), "utf8"),
    comment: ask("report", "--format", "comment"),
    html: ask("report", "--format", "html"),
    text,
  };
}

let source = "";
let first: ReturnType<typeof documents>;
beforeAll(async () => {
  const project = await startProject({
    ".github/metricgate.yml": policy,
    "before.csv": table(0),
    "after.csv": table(0.3),
    "before.json": '{"latency_ms": 12.5}',
    "after.json": '{"latency_ms": 12.7}',
  });
  source = folderOf("metricgate-source-");
  cpSync(project.folder, source, { recursive: true, filter: (path) => !path.endsWith("/.git") });
  await project.stop();
  first = documents();
});
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

it("a verdict with intervals stands in the documents that are compared here", () => {
  const { gates } = JSON.parse(first.verdict);
  expect(gates.length).toBeGreaterThan(5);
  expect(gates.filter(({ interval }: { interval?: unknown }) => interval !== undefined).length).toBeGreaterThan(3);
  expect(first.html.length).toBeGreaterThan(1000);
});

it.each([
  ["run again", {}],
  ["in another time zone", { env: { TZ: "Pacific/Kiritimati" } }],
  ["with Turkish words and case rules", { env: { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Istanbul" } }],
  ["with German numbers", { env: { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" } }],
  ["in a folder with blanks and letters of its own", { prefix: "Ordner mit ı und ä " }],
])("%s: evaluation, rows, verdict, comment and HTML are the same bytes", (_, given) => {
  expect(documents(given)).toEqual(first);
});

it("on Node 20 and on Node 24 they are the same bytes", ({ skip }) => {
  const node = node24();
  if (node === undefined) {
    if (process.env.METRICGATE_REQUIRE_REAL === "1") throw new Error(node24Missing);
    skip(node24Missing);
    return;
  }
  expect(documents({ node })).toEqual(first);
});
