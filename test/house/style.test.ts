import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { sourceFiles } from "./source-files.ts";

const files = sourceFiles().map((path) => ({ path, text: readFileSync(path, "utf8") }));
const having = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe("the house rules that a reader would otherwise have to watch", () => {
  test("no any, no suppressions", () => {
    expect(having(/@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore|eslint-disable/)).toEqual([]);
    const code = files.map(({ path, text }) => ({ path, text: text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "") }));
    expect(code.filter(({ text }) => /\bas any\b|: any\b|<any>/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test("no default exports, no barrels", () => {
    expect(having(/^export default /m)).toEqual([]);
    expect(having(/^export (\*|\{[^}]*\}) from /m)).toEqual([]);
  });

  test("classes are errors", () => {
    expect(having(/^(export )?class (?!\w+ extends Error)/m)).toEqual([]);
  });

  test("names say something, in kebab-case", () => {
    const vague = /^(utils?|helpers?|common|misc|manager|handler|shared)(\.|$)/;
    expect(
      files
        .map(({ path }) => basename(path))
        .filter((name) => vague.test(name) || !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name)),
    ).toEqual([]);
  });

  test("files are short: none over 300 lines", () => {
    expect(files.filter(({ text }) => text.split("\n").length > 301).map(({ path }) => path)).toEqual([]);
  });

  test("every exported function says what it is for", () => {
    const bare = files.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, at) =>
        /^export (async )?function /.test(line) && !/\*\/$/.test(lines[at - 1] ?? "") ? [`${path}:${at + 1}`] : [],
      );
    });
    expect(bare).toEqual([]);
  });

  test("nothing is left unfinished", () => {
    expect(having(/\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented/)).toEqual([]);
  });
});
