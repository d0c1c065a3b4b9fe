import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

const generated = () =>
  globSync(["action.yml", "actions/*/action.yml", "actions/*/README.md"])
    .sort()
    .map((path) => [path, readFileSync(path, "utf8")]);

test("action.yml and the README tables are what `pnpm sync` writes from the schemas", () => {
  const before = generated();
  execFileSync("node", ["--import", "tsx", "scripts/sync.ts"]);
  expect(generated()).toEqual(before);
});

test("the stubs are two lines into the one bundle", () => {
  for (const path of globSync("actions/*/dist/index.js")) {
    const name = path.split("/")[1];
    expect(readFileSync(path, "utf8")).toBe(
      `import { run } from "../../../packages/bundle/dist/index.js";\nawait run("${name}", new URL("../../../packages/bundle/dist/worker.js", import.meta.url));\n`,
    );
  }
});
