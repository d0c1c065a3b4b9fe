import fc from "fast-check";
import { expect, test } from "vitest";
import { logLine, logText } from "./log-text.ts";

/** How a runner finds commands in a log: `::` first in a line, `##[` anywhere (actions/runner, ActionCommand.cs). */
const commands = (log: string) => log.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => /^\s*::|##\[/.test(line));

test.each([
  ["a\n::error::b", "a\\u000a::error::b"],
  ["::add-mask::a", "\\u003a:add-mask::a"],
  ["a ##[stop-commands]b", "a ##\\u005bstop-commands]b"],
  ["a\r\u001b[2Jb\u0007", "a\\u000d\\u001b[2Jb\\u0007"],
  ["std::vector of models/α.py", "std::vector of models/α.py"],
])("%j is the line %j", (text, line) => {
  expect(logLine(text)).toBe(line);
});

test("a text keeps its lines and, where asked, its colours; nothing else reaches the terminal", () => {
  const text = "\u001b[31mred\u001b[39m\tcell\n  ::error::x\n\u001b]0;title\u0007\u001b[2J\u009b5n\r\n";
  const safe = "\tcell\n  \\u003a:error::x\n\\u001b]0;title\\u0007\\u001b[2J\\u009b5n\\u000d\n";
  expect(logText(text, true)).toBe(`\u001b[31mred\u001b[39m${safe}`);
  expect(logText(text)).toBe(`\\u001b[31mred\\u001b[39m${safe}`);
});

test("whatever a text holds, no line of it is a command, and JSON stays the same value", () => {
  const part = fc.oneof(fc.string(), fc.constantFrom("::", "##[", "\n", "\r", " ", "\u001b[", "error", "\u2028"));
  const text = fc.array(part).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (value) => {
      expect(commands(logLine(value))).toEqual([]);
      expect(logLine(value)).not.toContain("\n");
      expect(commands(logText(value).replaceAll("\u2028", ""))).toEqual([]);
      expect(JSON.parse(logText(JSON.stringify({ value }, undefined, 2)))).toEqual({ value });
    }),
  );
});
