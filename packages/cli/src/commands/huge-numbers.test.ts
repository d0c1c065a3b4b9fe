import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compareCommand } from "./compare.ts";

const metrics = ["max_error", "p90_ae", "median_ae", "mae", "rmse", "r2", "mape", "wape"];
let folder = "";
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "huge-")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ["1e155", 40],
  ["1e300", 40],
  ["1e308", 40],
  ["1e308", 5000],
])("one prediction of %s among %i rows has a verdict, and every number in it is finite", async (huge, count) => {
  const table = (shift: number) => {
    const rows = Array.from({ length: count }, (_, n) => `${n},${n},${n === 0 ? huge : n + 0.5 + shift * (n % 3)}\n`);
    return `id,label,prediction\n${rows.join("")}`;
  };
  await writeFile(join(folder, "before.csv"), table(0));
  await writeFile(join(folder, "after.csv"), table(0.1));
  const out: string[] = [];
  const words = count > 40 ? ["max_error", "p90_ae"] : metrics;
  const compute = words.flatMap((name) => ["--compute", name]);
  await compareCommand.run(["before.csv", "after.csv", ...compute, "--max-drop", "1%", "--json"], {
    out: (text) => out.push(text),
    environment: {},
    folder,
    colour: false,
    messages: { info: () => undefined, warn: () => undefined },
  });
  const { gates } = JSON.parse(out.join(""));
  expect(gates.map(({ metric }: { metric: string }) => metric).sort()).toEqual([...words].sort());
});
