import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { metricgate } from "./cli.ts";

const rows = 60_000;
/** Of a column that is not read. */
const note = "a long remark on this example ".repeat(75);
let folder = "";

/** More than 128 MiB without quotes, so that two threads read it: ids in no order, scores with all their digits, classes that first come late. */
const lines = Array.from({ length: rows }, (_, n) => {
  const id = (n * 7919) % rows;
  const label = (id * 31) % 10 < 3 ? 1 : 0;
  const score = (((id * 104_729) % 50_021) / 50_021 + label * 0.5) / 1.5;
  const region = ["north", "ä", n > (rows * 3) / 4 ? "late" : "south"][id % 3];
  return `r${id},${label},${score},${score >= 0.5 ? 1 : 0},${region},${note}`;
});

function tableOf(changed: Readonly<Record<number, string>> = {}): string {
  return `id,label,score,prediction,region,note\n${lines.map((line, n) => changed[n] ?? line).join("\n")}\n`;
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "metricgate-threads-")));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What evaluate says and writes of a table, plain and then in gzip, which one thread reads. */
function evaluated(name: string, text: string) {
  const bytes = Buffer.from(text);
  expect(bytes.length).toBeGreaterThan(2 ** 27);
  return [bytes, gzipSync(bytes, { level: 1 })].map((written, form) => {
    const work = join(folder, `${name}-${form}`);
    mkdirSync(work);
    writeFileSync(join(work, "rows.csv"), written);
    const given = ["--predictions", "rows.csv", "--slices", "region", "--at", "2026-11-20T12:00:00Z"];
    const said = metricgate(work, ["evaluate", "--model", "m", ...given]);
    if (said.code !== 0) return { said };
    const files = ["evaluation.json", "rows.csv"].map((file) => readFileSync(join(work, ".metricgate/m", file)));
    rmSync(work, { recursive: true });
    return { said, files };
  });
}

it("evaluate of a large CSV writes the same evaluation and rows by two threads as by one", () => {
  const [plain, packed] = evaluated("good", tableOf());
  expect(plain?.said).toMatchObject({ code: 0 });
  expect(plain?.said).toEqual(packed?.said);
  expect(plain?.files?.map((bytes, file) => Buffer.compare(bytes, packed?.files?.[file] ?? Buffer.of()))).toEqual([
    0, 0,
  ]);
  expect(plain?.files?.[0]?.toString()).toContain("late");
});

it.each([
  ["a row with too few cells", { [rows - 5]: "one,two" }, rows - 3],
  ["a score that is no number", { [rows - 5]: "z,1,much,1,south," }, rows - 3],
  ["a blank line", { [rows - 5]: "" }, rows - 3],
  ["a quote that is never closed", { [rows - 5]: 'z,1,0.5,1,"south,' }, rows - 3],
])("%s in the second half is refused with the line that one thread names", (name, changed, line) => {
  const [plain, packed] = evaluated(name.replaceAll(" ", "-"), tableOf(changed));
  expect(plain?.said).toMatchObject({ code: 2 });
  expect(plain?.said.messages).toContain(`rows.csv:${line}:`);
  expect(plain?.said).toEqual(packed?.said);
});
