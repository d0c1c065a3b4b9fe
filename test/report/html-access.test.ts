import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { renderHtml } from "../../packages/report/src/html.ts";
import { type BrowserPage, withChromium } from "./chromium.ts";
import { chromiumThere } from "./chromium-there.ts";
import { views } from "./views.ts";

/** Opens the HTML report of every state, one after another. */
async function eachState(look: (page: BrowserPage, state: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "metricgate-access-"));
  try {
    await withChromium(async (page) => {
      for (const [state, view] of Object.entries(views)) {
        const file = join(folder, `${state}.html`);
        writeFileSync(file, renderHtml(view));
        await page.open(pathToFileURL(file).href);
        await look(page, state);
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[] }[];
}

test("axe-core finds nothing serious or critical in the HTML report of any state, light and narrow, dark and wide, folds open", async () => {
  if (!chromiumThere()) return;
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  let judged = 0;
  await eachState(async (page, state) => {
    await page.evaluate(`${axe};for (const fold of document.querySelectorAll("details")) fold.open = true;`);
    // Narrow, a table becomes a list and parts scroll.
    for (const { width, dark } of [
      { width: 390, dark: false },
      { width: 1280, dark: true },
    ]) {
      await page.show({ width, dark });
      const found = (await page.evaluate(
        `axe.run(document, { resultTypes: ["violations"] }).then((r) => ({ passes: r.passes.length, violations: r.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(({ target }) => ({ target })) })) }))`,
      )) as { passes: number; violations: Violation[] };
      const grave = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(grave, `${state}, ${dark ? "dark" : "light"}, ${width} px`).toEqual([]);
      expect(found.passes).toBeGreaterThan(10);
      judged += 1;
    }
  });
  expect(judged).toBe(2 * Object.keys(views).length);
}, 240_000);

test("every link, fold and part that scrolls is reached by Tab, in the order of the page, and folds open by Enter", async () => {
  if (!chromiumThere()) return;
  await eachState(async (page, state) => {
    await page.show({ width: 390 });
    const all = Number(
      await page.evaluate(
        `window.wanted = [...document.querySelectorAll("a[href],summary,[tabindex]")].filter((e) => e.checkVisibility()); wanted.length`,
      ),
    );
    const reached: unknown[] = [];
    for (let i = 0; i < all; i++) {
      await page.press("Tab");
      reached.push(await page.evaluate("wanted.indexOf(document.activeElement)"));
    }
    expect(reached, state).toEqual(Array.from({ length: all }, (_, i) => i));
    const folds = Number(await page.evaluate(`document.querySelectorAll("details").length`));
    if (folds === 0) return;
    await page.evaluate(`document.querySelector("summary").focus()`);
    await page.press("Enter");
    expect(await page.evaluate(`document.querySelector("details").open`), state).toBe(true);
  });
}, 120_000);

test("printed it is black on white, and every fold can be read", async () => {
  if (!chromiumThere()) return;
  await eachState(async (page, state) => {
    await page.show({ width: 780, dark: true, print: true });
    const [paper, ink, hidden] = (await page.evaluate(
      `(() => { const { backgroundColor, color } = getComputedStyle(document.body); const hidden = [...document.querySelectorAll("details > *")].filter((e) => e.getBoundingClientRect().height === 0).length; return [backgroundColor, color, hidden]; })()`,
    )) as [string, string, number];
    expect([paper, ink, hidden], state).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)", 0]);
  });
}, 120_000);

test.each([390, 780, 1280])(
  "at %i pixels nothing is wider than the page",
  async (width) => {
    if (!chromiumThere()) return;
    await eachState(async (page, state) => {
      await page.show({ width });
      await page.evaluate(`for (const fold of document.querySelectorAll("details")) fold.open = true`);
      const wide = `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > ${width} + 1 && !e.closest(".scroll,pre,svg,thead")).slice(0, 5).map((e) => e.outerHTML.slice(0, 120))`;
      expect(await page.evaluate(wide), state).toEqual([]);
      expect(Number(await page.evaluate("document.documentElement.scrollWidth")), state).toBeLessThanOrEqual(width);
    });
  },
  120_000,
);
