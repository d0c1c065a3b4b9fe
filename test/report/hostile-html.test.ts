import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { renderHtml } from "../../packages/report/src/html.ts";
import { type BrowserEvent, type BrowserPage, withChromium } from "./chromium.ts";
import { chromiumThere } from "./chromium-there.ts";
import { everywhere, frame, harmless, isBlank, mixable } from "./hostile-checks.ts";
import { mixedViews, placesOfView, viewOfTexts } from "./hostile-view.ts";

function holdTags(html: string, wanted: readonly string[] | undefined, named: string): void {
  const found = frame(html);
  if (wanted !== undefined && found.join(" ") !== wanted.join(" ")) expect(found, named).toEqual(wanted);
  const bare = (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, "")).join("");
  expect(bare, named).not.toMatch(/<script|<img|<iframe|<link|\son[a-z]+=|style=/i);
}

test("HTML: the same tags, no address that is not ours, no script, whatever the documents say", () => {
  const same = frame(renderHtml(harmless(true)));
  for (const text of everywhere)
    holdTags(renderHtml(viewOfTexts(() => text)), isBlank(text) ? undefined : same, JSON.stringify(text));
  const other = frame(renderHtml(harmless(false)));
  const reports = Math.ceil((mixable.length * 2) / placesOfView());
  for (const { view, first } of mixedViews(mixable, reports))
    holdTags(renderHtml(view), other, `the strings from ${first} on`);
}, 120_000);

/** Opens a page; what it asked for beside itself, the dialogs, and what its security policy stopped. */
async function opened(page: BrowserPage, folder: string, html: string) {
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  page.heard();
  await page.open(url);
  const ran = await page.evaluate(
    `[window.pwned === undefined, document.scripts.length, document.images.length, document.querySelectorAll("iframe,object,embed,base,form,link").length]`,
  );
  const heard = page.heard();
  const asked = heard
    .filter(({ method }) => method === "Network.requestWillBeSent")
    .map(({ params }) => (params.request as { url: string }).url)
    .filter((address) => address !== url);
  const of = (pattern: RegExp): BrowserEvent[] => heard.filter(({ method }) => pattern.test(method));
  return { ran, asked, dialogs: of(/^Page\.javascriptDialog/), issues: of(/^Audits\.issueAdded|^Log\.entryAdded/) };
}

const quiet = { ran: [true, 0, 0, 0], asked: [], dialogs: [], issues: [] };

test("HTML in a browser: 300 hostile reports run nothing, ask for nothing and break no rule of their own policy", async () => {
  if (!chromiumThere()) return;
  const folder = mkdtempSync(join(tmpdir(), "metricgate-hostile-"));
  try {
    await withChromium(async (page) => {
      for (const { view, first } of mixedViews(mixable, 300))
        expect(await opened(page, folder, renderHtml(view)), `the strings from ${first} on`).toEqual(quiet);
      // And it would be seen if it were otherwise: a script that got in is stopped by the policy, and runs without one.
      const html = renderHtml(viewOfTexts(() => "harmless")).replace(
        "</body>",
        "<script>window.pwned=1</script></body>",
      );
      const stopped = await opened(page, folder, html);
      expect(stopped.ran).toEqual([true, 1, 0, 0]);
      expect(stopped.issues.length).toBeGreaterThan(0);
      const free = await opened(page, folder, html.replace(/<meta http-equiv[^>]*>/, ""));
      expect(free.ran).toEqual([false, 1, 0, 0]);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
