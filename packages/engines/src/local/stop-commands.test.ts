import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Obeyed, obeyed } from "./runner-parser.fixture.ts";
import { stopCommandsSink } from "./stop-commands.ts";

const live = [
  "::set-output name=verdict::pass",
  "::save-state name=a::b",
  "::add-mask::0",
  "::add-matcher::/tmp/matcher.json",
  "::remove-matcher owner=x::",
  "::debug::x",
  "::notice title=t::x",
  "::warning::x",
  "::error file=a.py,line=1::x",
  "::group::x",
  "::endgroup::",
  "::echo::on",
  "::stop-commands::pause-logging",
  "::stop-commands::0123456789",
  "::set-env name=PATH::/evil",
  "::add-path::/evil",
  "::internal-set-repo-path repoFullName=a/b::/evil",
];
const forms = (command: string): string[] => {
  const legacy = command.replace(/^::([^:]*)::/, "##[$1]");
  return [command, `  \t${command}`, `\r${command}`, command.toUpperCase(), legacy, `progress 10% ${legacy} more`];
};

function through(text: string | Uint8Array[], token: string): { shown: Buffer; obeyed: Obeyed[] } {
  const shown: Buffer[] = [];
  const sink = stopCommandsSink((chunk) => shown.push(Buffer.from(chunk)), token);
  sink.begin();
  for (const chunk of typeof text === "string" ? [Buffer.from(text)] : text) sink.write(chunk);
  sink.end();
  return { shown: Buffer.concat(shown), obeyed: obeyed(Buffer.concat(shown).toString("latin1")) };
}

test.each(live.flatMap(forms))("%j is obeyed bare, which shows that the parser sees it", (command) => {
  expect(obeyed(`${command}\n`)).not.toEqual([]);
});

test.each(live.flatMap(forms))("%j is shown and not obeyed inside stop-commands", (command) => {
  const token = randomUUID();
  const { shown, obeyed: found } = through(`before\n${command}\nafter`, token);
  expect(found).toEqual([{ command: "stop-commands", value: token }, { command: token }]);
  expect(shown.toString()).toContain(command);
});

test("guessed tokens do not resume", () => {
  const token = randomUUID();
  const guesses = [randomUUID(), token.slice(1), `${token}0`, "", "*"]
    .map((guess) => `::${guess}::\n##[${guess}]\n`)
    .join("");
  expect(through(`${guesses}::add-mask::0\n`, token).obeyed).toHaveLength(2);
});

test.each(["unfinished line", "ends in a carriage return\r", "unfinished ::error::", "text\n", ""])(
  "the runner resumes after %j",
  (text) => {
    const token = randomUUID();
    expect(through(text, token).obeyed.at(-1)).toEqual({ command: token });
  },
);

test("commands after the end are obeyed again, and a second end says nothing", () => {
  const shown: string[] = [];
  const sink = stopCommandsSink((chunk) => shown.push(String(chunk)), randomUUID());
  sink.begin();
  sink.begin();
  sink.end();
  sink.end();
  expect(
    obeyed(`${shown.join("")}::add-mask::abc\n`)
      .map(({ command }) => command)
      .at(-1),
  ).toBe("add-mask");
  expect(shown).toHaveLength(2);
});

test("invalid UTF-8 and ANSI pass byte for byte", () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xc3, 0x0a, 0x00]);
  expect(through([bytes], randomUUID()).shown.includes(bytes)).toBe(true);
});

test("a line of 50 MB is not held back", () => {
  const chunk = Buffer.alloc(64 * 1024, 120);
  let written = 0;
  const sink = stopCommandsSink((more) => {
    written += more.length;
  }, randomUUID());
  sink.begin();
  const start = written;
  for (let n = 1; n <= 800; n++) {
    sink.write(chunk);
    expect(written - start).toBe(n * chunk.length);
  }
});

test.each(["", "pause-logging", "12345678", "abc"])("the token %j is refused, as the runner may", (token) => {
  expect(() => stopCommandsSink(() => {}, token)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code: "stop-token" })] }),
  );
});

test("output outside begin and end is an error of ours, not a live command", () => {
  const sink = stopCommandsSink(() => {}, randomUUID());
  expect(() => sink.write(Buffer.from("x"))).toThrow("outside stop-commands");
});
