import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { evaluateCommand } from "./evaluate.ts";
import { gateCommand } from "./gate.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "multilabel-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(command: Command, ...argv: string[]): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const silent = (): void => undefined;
  const messages = { info: silent, warn: silent, error: silent, notice: silent, debug: silent, output: silent };
  const terminal = { out: (text: string) => void out.push(text), environment: {}, folder, colour: false, messages };
  return { code: await command.run(argv, terminal), out: out.join("") };
}

/** Rows of three classes, each row with the classes of its number's bits; every `wrong`th row is predicted to have none. */
function table(name: string, wrong: number, end = 1): void {
  const lines = Array.from({ length: 400 }, (_, row) => {
    const classes = ["a", "b", "c"].filter((_name, bit) => ((row % 7) + 1) & (1 << bit));
    const labels = row === 399 && end === 0 ? [] : classes;
    return JSON.stringify({ id: `r${row}`, labels, predictions: row % wrong === 0 ? [] : classes });
  });
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
}

describe("a table whose rows have any number of classes", () => {
  beforeEach(() => {
    table("base.jsonl", 50);
    table("worse.jsonl", 4);
    table("other.jsonl", 50, 0);
  });

  it("is evaluated, kept as rows and gated pair by pair", async () => {
    for (const side of ["base", "worse"]) {
      mkdirSync(join(folder, side));
      expect(
        (await run(evaluateCommand, "--predictions", `${side}.jsonl`, "--out", `${side}/evaluation.json`)).code,
      ).toBe(0);
    }
    const document = JSON.parse(readFileSync(join(folder, "worse/evaluation.json"), "utf8"));
    expect(document.rows.task).toMatchObject({ multilabel: true, classes: ["a", "b", "c"] });
    const argv = [
      "--candidate",
      "worse/evaluation.json",
      "--baseline",
      "base/evaluation.json",
      "--max-drop",
      "0.05",
      "--json",
    ];
    const gated = await run(gateCommand, ...argv);
    expect(gated.code).toBe(1);
    const micro = JSON.parse(gated.out).gates.find(({ metric }: { metric: string }) => metric === "f1_micro");
    expect(micro).toMatchObject({ outcome: "fail", interval: { method: expect.stringContaining("paired") }, n: 400 });
  });

  it("is compared with another in one process, and not where one row's classes differ", async () => {
    const found = await run(compareCommand, "base.jsonl", "worse.jsonl", "--max-drop", "0.05", "--json");
    expect(found.code).toBe(1);
    expect(JSON.parse(found.out).gates).toContainEqual(
      expect.objectContaining({ metric: "f1_macro", outcome: "fail" }),
    );
    const differing = await run(compareCommand, "base.jsonl", "other.jsonl", "--max-drop", "0.05", "--json");
    expect(differing.code).toBe(1);
    expect(differing.out).toContain("eval-set-changed");
  });
});
