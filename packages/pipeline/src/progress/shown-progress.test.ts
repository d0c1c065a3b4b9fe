import fc from "fast-check";
import { expect, test } from "vitest";
import { progressText } from "./progress-text.ts";
import { shownProgress } from "./shown-progress.ts";

/** A display whose clock the test moves. */
function display(after = 2000, every = 100) {
  const seen: string[] = [];
  let clock = 0;
  const progress = shownProgress({
    now: () => clock,
    after,
    every,
    show: (text) => seen.push(text),
    hide: () => seen.push("gone"),
  });
  return { seen, progress, at: (milliseconds: number) => (clock = milliseconds) };
}

test("work of less than two seconds is never shown; longer work is, no oftener than asked, and goes when it ends", () => {
  const { seen, progress, at } = display();
  const quick = progress.begin("reading a.csv", 100);
  at(1999);
  quick.advance(50);
  quick.end();
  expect(seen).toEqual([]);
  const slow = progress.begin("reading b.csv", 400);
  for (const time of [2000, 3998, 3999, 4050, 4099, 4300]) {
    at(time);
    slow.advance(50);
  }
  slow.end();
  slow.end();
  expect(seen).toEqual([
    "reading b.csv: [#######-------------] 37 % of 400 bytes",
    "reading b.csv: [############--------] 62 % of 400 bytes",
    "reading b.csv: [###############-----] 75 % of 400 bytes",
    "gone",
  ]);
});

test.each([
  [0, 0, "[####################] 100 % of 0 bytes"],
  [5, 999, "[--------------------] 0 % of 999 bytes"],
  [600, 1200, "[##########----------] 50 % of 1.2 kB"],
  [2e10, 2e10, "[####################] 100 % of 20 GB"],
  [3e8, 2.84e8, "[####################] 100 % of 284 MB"],
])("%d of %d bytes", (done, total, text) => {
  expect(progressText("hashing", done, total)).toBe(`hashing: ${text}`);
});

test("a bar is always twenty wide, and never says more than there is", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (done, total) => {
      const [, bar = "", percent = ""] = /\[([#-]*)\] (\d+) %/.exec(progressText("x", done, total)) ?? [];
      expect(bar).toHaveLength(20);
      expect(Number(percent)).toBeLessThanOrEqual(100);
      expect(bar.replaceAll("-", "").length).toBe(Math.floor(Number(percent) / 5 + 1e-9));
    }),
  );
});
