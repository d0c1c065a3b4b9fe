import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkPolicy } from "@metricgate/core/policy/check";
import { describe, expect, test } from "vitest";
import { commands } from "../../packages/cli/src/command-list.ts";
import { readPolicy } from "../../packages/formats/src/policy/read-policy.ts";
import { actionList } from "../../scripts/action-list.ts";
import { generatedDocs } from "../../scripts/generated-docs.ts";
import { blocks, pages, read, root, shownWorkflows, stepsOf } from "./pages.ts";

const names = Object.keys(actionList) as (keyof typeof actionList)[];
const lineCount = (path: string) => read(path).trimEnd().split("\n").length;

test.each([...generatedDocs(read)])("%s is what the code gives (pnpm sync)", (path, text) => {
  expect(existsSync(join(root, path)) ? read(path) : "").toBe(text);
});

test("README and CONTRIBUTING stay short", () => {
  expect(lineCount("README.md")).toBeLessThanOrEqual(150);
  expect(lineCount("CONTRIBUTING.md")).toBeLessThanOrEqual(40);
});

test.each(pages())("%s has no dead link", (page) => {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  const dead = targets
    .filter((target) => !/^[a-z]+:|^#/.test(target))
    .filter((target) => !existsSync(join(root, dirname(page), target.replace(/#.*$/, ""))));
  expect(dead).toEqual([]);
});

describe("workflows shown in pages", () => {
  const shown = pages().flatMap(shownWorkflows);

  test.each(shown.map((block) => [`${block.page}:${block.line}`, block] as const))(
    "%s gives our actions only what they take",
    (_, { text }) => {
      for (const step of stepsOf(text)) {
        const name = /^OWNER\/metricgate(?:\/actions\/([a-z]+))?@v1$/.exec(step.uses ?? "");
        if (name === null) {
          expect(step.uses ?? "").not.toMatch(/metricgate/);
          continue;
        }
        const { inputs } = actionList[(name[1] ?? "review") as keyof typeof actionList];
        // The platform hands inputs over as text; an expression stands for a model's name or for a digest here.
        const given = Object.entries(step.with ?? {}).map(([key, value]) => [
          key,
          String(value).replace(/\$\{\{.*\}\}/, key === "model" ? "fraud" : `sha256:${"0".repeat(64)}`),
        ]);
        const parsed = inputs.safeParse(Object.fromEntries(given));
        expect(parsed.error?.issues ?? [], step.uses).toEqual([]);
      }
    },
  );

  test("are in the README, in the README of every action, and in the pages on forks and on several models", () => {
    const guides = ["docs/forks.md", "docs/monorepo.md"];
    expect(new Set(shown.map(({ page }) => page))).toEqual(
      new Set(["README.md", ...guides, ...names.map((name) => `actions/${name}/README.md`)]),
    );
  });

  test("begin in the README with the quick start: its first yaml block, at most 20 lines", () => {
    const section = read("README.md").indexOf("## Quick start");
    const [first] = blocks("README.md", "yaml");
    expect(read("README.md").indexOf(first?.text ?? "none")).toBeGreaterThan(section);
    expect(first?.text.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
  });
});

test("every policy shown in a page is one without a problem", () => {
  const policies = pages()
    .flatMap((page) => blocks(page, "yaml"))
    .filter(({ text }) => /^version: 1$/m.test(text));
  expect(policies.length).toBeGreaterThan(0);
  for (const { page, text } of policies) {
    const { policy, problems } = readPolicy(text, page);
    expect(problems).toEqual([]);
    expect(policy && checkPolicy(policy)).toEqual([]);
  }
});

test("docs/policy.md names every key of the schema", () => {
  const page = read("docs/policy.md");
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "properties") for (const name of Object.keys(value as object)) keys.add(name);
      walk(value);
    }
  };
  walk(JSON.parse(read("docs/schema/policy.json")));
  expect(keys.size).toBeGreaterThan(40);
  expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(page))).toEqual([]);
});

test("the README names every action and only commands that exist", () => {
  const page = read("README.md");
  for (const name of names) expect(page).toContain(`(actions/${name}/README.md)`);
  const known = Object.keys(commands);
  const shown = blocks("README.md", "sh").flatMap(({ text }) => [...text.matchAll(/^metricgate ([a-z]+)/gm)]);
  expect(shown.length).toBeGreaterThan(5);
  for (const [, verb] of shown) expect(known).toContain(verb);
});
