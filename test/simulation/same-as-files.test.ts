import { expect, it } from "vitest";
import type { Column } from "../../packages/core/src/tables/row-table.ts";
import { compare } from "../../packages/pipeline/src/compare/compare.ts";
import { hashing } from "../../packages/pipeline/src/workspace/hashing.ts";
import { drawsOf } from "./count-runs.ts";
import { judgeDrawn } from "./judge-drawn.ts";
import { memoryWorkspace } from "./memory-workspace.ts";
import { type ChangeSetting, settings } from "./settings.ts";

const policyPath = ".github/metricgate.yml";

function textOf(column: Column | undefined, row: number): string {
  if (column?.type === "number") return String(column.values[row]);
  if (column?.type === "category") return column.names[column.codes[row] ?? -1] ?? "";
  throw new RangeError("a column of numbers or of classes was expected");
}

function csvOf(n: number, columns: Readonly<Record<string, Column>>): string {
  const names = Object.keys(columns);
  const lines = Array.from({ length: n }, (_, row) =>
    [String(row).padStart(9, "0"), ...names.map((name) => textOf(columns[name], row))].join(","),
  );
  return `${[["id", ...names].join(","), ...lines].join("\n")}\n`;
}

const small = settings.filter((one): one is ChangeSetting => one.kind === "change" && one.n === 500);

it.each(small)("$id: a run gives what `metricgate compare` gives of its tables as CSV files", async (setting) => {
  const { population, n, truth } = setting;
  const { metric, key, margin, task } = population;
  const draws = drawsOf(setting);
  for (const run of [0, 1]) {
    draws.restart(run);
    const drawn = population.draw(draws, n, truth);
    const policy = `version: 1\nmodels:\n  m:\n    gates: [{ metric: ${metric}, ${key}: ${margin} }]\n`;
    const workspace = memoryWorkspace({
      "baseline.csv": csvOf(n, { ...drawn.shared, ...drawn.baseline }),
      "candidate.csv": csvOf(n, { ...drawn.shared, ...drawn.candidate }),
      [policyPath]: policy,
    });
    const messages = { info: () => {}, warn: () => {} };
    const change = { event: "local", recordsBaseline: false };
    const asked = { policy: policyPath, slices: undefined, columns: undefined, compute: [...task.compute] };
    const ports = { workspace, hashing, messages, change };
    const { verdict } = await compare("baseline.csv", "candidate.csv", asked, ports);
    expect(verdict.gates).toEqual(judgeDrawn(n, drawn, task, { metric, [key]: margin }));
  }
});
