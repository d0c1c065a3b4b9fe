import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { withChromium } from "./chromium.ts";
import { commentPage } from "./comment-page.ts";
import { marker } from "./made.ts";
import { views } from "./views.ts";

/** Pictures of the comment and the HTML report of the named states at 390, 780 and 1,280 pixels, light and dark: `tsx test/report/screenshots.ts FOLDER [STATE…]`. */
async function main(folder: string, states: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await withChromium(async (page) => {
    for (const state of states) {
      const view = views[state];
      if (view === undefined) throw new Error(`there is no view ${state}`);
      const pages = { comment: commentPage(renderComment(view, { marker })), report: renderHtml(view) };
      for (const [kind, html] of Object.entries(pages)) {
        const file = resolve(folder, `${state}-${kind}.html`);
        writeFileSync(file, html);
        for (const width of [390, 780, 1280]) {
          for (const dark of [false, true]) {
            await page.show({ width, dark });
            await page.open(pathToFileURL(file).href);
            const name = `${state}-${kind}-${width}-${dark ? "dark" : "light"}.png`;
            writeFileSync(join(folder, name), await page.picture());
          }
        }
      }
    }
  });
}

const [folder, ...states] = process.argv.slice(2);
if (folder === undefined) throw new Error("give a folder for the pictures");
await main(folder, states.length === 0 ? Object.keys(views) : states);
