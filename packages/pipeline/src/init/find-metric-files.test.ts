import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import { findMetricFiles } from "./find-metric-files.ts";

let folder = "";
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "find-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const found = async () => {
  const say = (text: string) => void said.push(text);
  const messages = { info: say, warn: say, error: say, notice: say, debug: say, output: say };
  return (await findMetricFiles(await nodeWorkspace(folder), messages)).map(({ path, format }) => [path, format]);
};

it.each(["out/baseline_metrics.json", "baseline/metrics.json", "old/metrics.json", "out/metrics.prev.json"])(
  "a file of the present is taken before the frozen %s",
  async (frozen) => {
    write(frozen, '{"accuracy": 0.8}');
    write("out/metrics.json", '{"accuracy": 0.9}');
    expect(await found()).toEqual([["out/metrics.json", "json"]]);
    expect(said.join("\n")).toContain(`${frozen} (json) was passed over`);
  },
);

it("a file that reads as another format than its name suggests is taken as what it is", async () => {
  write("out/metrics.json", '{"loss": [0.5, 0.4], "val_auc": [0.6, 0.7]}');
  expect(await found()).toEqual([["out/metrics.json", "history-json"]]);
});

it("a broken file is left out with its line and the next step", async () => {
  write("out/metrics.json", '{"accuracy": 0.9,\n "loss" 1}');
  expect(await found()).toEqual([]);
  expect(said.join("\n")).toMatch(/out\/metrics\.json was left out: .*out\/metrics\.json:2/);
});
