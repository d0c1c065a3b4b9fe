import fc from "fast-check";
import { expect, test } from "vitest";
import { codePointOrder } from "../text/code-point-order.ts";
import { pathProblem } from "./path-problem.ts";

test.each([
  "model.bin",
  "a/b/c.safetensors",
  ".hidden/x",
  "with space/und Größe.bin",
  "…/x",
  "..a/b..c",
  "console/nulls.txt",
  "\u{1f600}.bin",
])("%s is a usable path", (path) => {
  expect(pathProblem(path)).toBeUndefined();
});

test.each([
  "",
  "/etc/passwd",
  "../x",
  "a/../../x",
  "a/..",
  "..",
  ".",
  "./x",
  "a/./b",
  "a//b",
  "a/",
  "C:\\x",
  "C:/x",
  "c:x",
  "a\\..\\x",
  "\\\\host\\share",
  "x:stream",
  "a./b",
  "a /b",
  "... /x",
  "CON",
  "sub/nul.txt",
  "com1.bin",
  "aux .txt",
  "a\u0000b",
  "a\nb",
  "a\u202eb",
  "\ufeffx",
  "e\u0301",
  "\ud800",
  "x".repeat(1025),
])("%j is refused", (path) => {
  expect(pathProblem(path)).toEqual(expect.any(String));
});

test("code point order is the order of the UTF-8 bytes", () => {
  const utf8 = new TextEncoder();
  const bytes = (a: string, b: string): number => {
    const x = utf8.encode(a);
    const y = utf8.encode(b);
    const at = x.findIndex((byte, i) => byte !== y[i]);
    return at === -1 ? x.length - y.length : at >= y.length ? 1 : (x[at] ?? 0) - (y[at] ?? 0);
  };
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\ufffd", "\ue000", "\u{1f600}", "\u{10000}", "é") });
  fc.assert(fc.property(text, text, (a, b) => Math.sign(codePointOrder(a, b)) === Math.sign(bytes(a, b))));
  expect(["\u{1f600}", "\ufffd"].sort(codePointOrder)).toEqual(["\ufffd", "\u{1f600}"]);
});
