import { mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { metricgate } from "./cli.ts";
import { node24, node24Missing } from "./node24.ts";

const rows = 200_000;
const metrics = ["accuracy", "f1", "roc_auc", "average_precision", "log_loss", "brier"];

/** More than four megabytes, so that a second thread reads the candidate; ids in no order, scores with all their digits, ties, and quoted cells. */
function table(shift: number): Buffer {
  const lines = Array.from({ length: rows }, (_, n) => {
    const id = (n * 7919) % rows;
    const label = (id * 31) % 10 < 3 ? 1 : 0;
    const score = (((id * 104_729) % 50_021) / 50_021 + label * shift) / (1 + shift);
    const region = id % 1000 === 7 ? '"north, ""east"""' : ["ä", "b", "c"][id % 3];
    return `r${id},${label},${id % 5 === 0 ? score.toFixed(2) : score},${score >= 0.5 ? 1 : 0},${region}`;
  });
  return Buffer.from(`id,label,score,prediction,region\n${lines.join("\n")}\n`);
}

/** Plain tables are read by two threads, in chunks of a mebibyte; the same rows in gzip are small, and read by one, in chunks of 256 kibibytes. */
type Form = "plain" | "gzip";

let folder = "";
const at = (form: Form) => join(folder, form);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "metricgate-large-")));
  for (const form of ["plain", "gzip"] as const) mkdirSync(at(form));
  for (const [name, shift] of [
    ["before", 0.5],
    ["after", 0.52],
  ] as const) {
    const bytes = table(shift);
    expect(bytes.length).toBeGreaterThan(4_000_000);
    writeFileSync(join(at("plain"), `${name}.csv`), bytes);
    const small = gzipSync(bytes);
    expect(small.length).toBeLessThan(4_000_000);
    writeFileSync(join(at("gzip"), `${name}.csv`), small);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Given {
  form?: Form;
  env?: Record<string, string>;
  node?: string;
}

function ask(args: readonly string[], { form = "plain", ...given }: Given): string {
  const result = metricgate(at(form), args, given);
  if (result.code === null || result.code > 1) throw new Error(`${args.join(" ")}: ${result.code} ${result.messages}`);
  return result.out;
}

function compared(given: Given): string {
  const asked = metrics.flatMap((name) => ["--compute", name]);
  return ask(
    ["compare", "before.csv", "after.csv", "--slices", "region", "--max-drop", "0.5%", "--json", ...asked],
    given,
  );
}

/** The documents of both sides and the verdict about them, by evaluate and gate. */
function gated(given: Given): string[] {
  const found: string[] = [];
  for (const side of ["before", "after"]) {
    const work = join(at(given.form ?? "plain"), ".metricgate");
    ask(
      [
        "evaluate",
        "--model",
        "m",
        "--predictions",
        `${side}.csv`,
        "--slices",
        "region",
        "--at",
        "2026-11-20T12:00:00Z",
      ],
      given,
    );
    const kept = join(at(given.form ?? "plain"), side);
    rmSync(kept, { recursive: true, force: true });
    renameSync(join(work, "m"), kept);
    found.push(readFileSync(join(kept, "evaluation.json"), "utf8"), readFileSync(join(kept, "rows.csv"), "utf8"));
  }
  const sides = ["--candidate", "after/evaluation.json", "--baseline", "before/evaluation.json"];
  return [...found, ask(["gate", "--model", "m", ...sides, "--max-drop", "0.5%", "--json"], given)];
}

function needed24(skip: (why: string) => void): string | undefined {
  const node = node24();
  if (node === undefined && process.env.METRICGATE_REQUIRE_REAL === "1") throw new Error(node24Missing);
  if (node === undefined) skip(node24Missing);
  return node;
}

it("compare of 200,000 rows gives the same bytes by one thread and by two, with any pool of threads beside them", () => {
  const first = compared({});
  const { gates } = JSON.parse(first);
  expect(gates.filter(({ interval }: { interval?: unknown }) => interval !== undefined).length).toBeGreaterThan(5);
  expect(compared({ form: "gzip" })).toBe(first);
  for (const size of ["1", "2", "4"])
    expect(compared({ env: { UV_THREADPOOL_SIZE: size, NODE_OPTIONS: `--v8-pool-size=${size}` } })).toBe(first);
});

it("compare of 200,000 rows gives the same bytes on Node 20 and 24, by one thread and by two", ({ skip }) => {
  const node = needed24(skip);
  if (node === undefined) return;
  const first = compared({});
  expect(compared({ node })).toBe(first);
  expect(compared({ node, form: "gzip" })).toBe(first);
});

it("evaluate and gate of 200,000 rows write the same evaluations, rows and verdict in other chunks and on Node 24", ({
  skip,
}) => {
  const first = gated({});
  expect(first.map((text) => text.length > 500)).toEqual([true, true, true, true, true]);
  expect(gated({ form: "gzip" })).toEqual(first);
  const node = needed24(skip);
  if (node !== undefined) expect(gated({ node })).toEqual(first);
});
