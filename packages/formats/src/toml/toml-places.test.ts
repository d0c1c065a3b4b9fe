import { describe, expect, it } from "vitest";
import { positionAt } from "../text/position.ts";
import { tomlPlaces } from "./toml-places.ts";

const linesOf = (text: string) =>
  Object.fromEntries([...tomlPlaces(text)].map(([name, at]) => [name, positionAt(text, at).line]));

describe("the lines of TOML's keys", () => {
  it("are those of the keys of tables, dotted and quoted", () => {
    expect(linesOf("a = 1\n[t.u] # x\n  b = 2\n\"c d\".e = 3\n[ v ]\nb = 4\n'f' = 5\n")).toEqual({
      a: 1,
      "t.u.b": 3,
      "t.u.c d.e": 4,
      "v.b": 6,
      "v.f": 7,
    });
  });

  it("are not told where they cannot be: lists of tables, inline tables, texts that repeat a key", () => {
    expect(linesOf('x = """\na = 1\n"""\na = 2\n[[rows]]\nb = 1\n[[rows]]\nb = 2\nc = { d = 1 }\n')).toEqual({ x: 1 });
  });
});
