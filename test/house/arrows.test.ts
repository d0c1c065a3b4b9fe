import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importsOf, sourceFiles } from "./source-files.ts";

const between = ["github", "engines", "targets", "evidence", "formats", "report"];
const below = [...between, "core"];

/** Who may import whom, among ourselves. Arrows point one way: down. */
const allowed: Record<string, readonly string[]> = {
  core: [],
  ...Object.fromEntries(between.map((name) => [name, ["core"]])),
  pipeline: below,
  "action-kit": ["pipeline", ...below],
  actions: ["action-kit", "pipeline", ...below],
  cli: ["pipeline", ...below],
  bundle: ["cli"],
};

/** `packages/core/src/…` is of core, `actions/gate/src/…` of actions. */
const roomOf = (path: string) => (path.startsWith("actions/") ? "actions" : (path.split("/")[1] ?? ""));
const files = sourceFiles().map((path) => ({ path, imports: importsOf(readFileSync(path, "utf8")) }));

describe("arrows point one way", () => {
  test("every file imports only the rooms below its own", () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .flatMap((name) => /^@metricgate\/([a-z-]+)/.exec(name)?.[1] ?? [])
        .filter((name) => !mayImport(path, name))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("the command line and actions share inputs and outputs only", () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((name) => /^@metricgate\/action-(?!kit)/.test(name))
        .filter((name) => !path.startsWith("packages/bundle/") && !/\/(inputs|outputs)$/.test(name))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("core imports zod and nothing else, and neither core nor report knows the platform", () => {
    const foreign = (path: string) =>
      importsIn(path).filter((name) => !name.startsWith(".") && !name.startsWith("@metricgate/"));
    const core = files.filter(({ path }) => path.startsWith("packages/core/")).flatMap(({ path }) => foreign(path));
    const report = files.filter(({ path }) => path.startsWith("packages/report/")).flatMap(({ path }) => foreign(path));
    expect([...new Set(core)]).toEqual(["zod"]);
    expect([...new Set(report)]).toEqual(["markdown-table"]);
  });

  test("relative imports stay inside the package", () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports.filter((name) => name.startsWith("../") && leaves(path, name)).map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

function importsIn(path: string): string[] {
  return files.find((file) => file.path === path)?.imports ?? [];
}

function mayImport(path: string, name: string): boolean {
  const room = roomOf(path);
  if (/^action-(?!kit)/.test(name)) return room === "actions" || room === "cli" || room === "bundle";
  return name === (path.startsWith("packages/") ? room : "") || (allowed[room] ?? []).includes(name);
}

function leaves(path: string, name: string): boolean {
  const depth = path.split("/").length - 4;
  return (name.match(/\.\.\//g) ?? []).length > depth;
}
