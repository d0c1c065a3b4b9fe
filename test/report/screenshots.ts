import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { cmark } from "./cmark.ts";
import { marker, views } from "./views.ts";

/** Looks about like a comment on GitHub: enough to judge layout, not a copy of its style. */
const commentStyle = `body{margin:0;padding:16px;font:14px/1.5 sans-serif;color:#1f2328;background:#fff;word-wrap:break-word}
h3{font-size:17.5px;margin:0 0 12px}h4{font-size:14px}table{display:block;overflow:auto;border-collapse:collapse;max-width:100%;width:max-content;margin:0 0 12px}
th,td{border:1px solid #d1d9e0;padding:6px 13px}code{background:#eff1f3;border-radius:6px;padding:2px 5px;font-size:85%}
pre{background:#f6f8fa;padding:14px;overflow:auto}pre code{background:none;padding:0}a{color:#0969da}sub{font-size:75%}details{margin:0 0 10px}`;

/** Renders the HTML report and the comment of the named states as PNG files at 390 and 780 pixels: `tsx test/report/screenshots.ts FOLDER [STATE…]`. */
function main(folder: string, states: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const state of states) {
    const view = views[state];
    if (view === undefined) throw new Error(`there is no view ${state}`);
    const body = cmark(renderComment(view, { marker }));
    const pages = {
      report: renderHtml(view),
      comment: `<!doctype html><meta charset="utf-8"><style>${commentStyle}</style>${body}`,
    };
    for (const [kind, html] of Object.entries(pages)) {
      const page = resolve(folder, `${state}-${kind}.html`);
      writeFileSync(page, html);
      for (const width of [390, 780]) shoot(page, join(folder, `${state}-${kind}-${width}.png`), width);
    }
  }
}

/** Chromium's window is never narrower than 500 pixels, so a narrow page is framed. */
function shoot(page: string, picture: string, width: number): void {
  const frame = page.replace(/\.html$/, `-${width}.frame.html`);
  writeFileSync(
    frame,
    `<!doctype html><body style="margin:0"><iframe src="file://${page}" style="border:0;width:${width}px;height:1400px"></iframe>`,
  );
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"];
  const done = spawnSync(
    "chromium",
    [...flags, `--screenshot=${resolve(picture)}`, `--window-size=${Math.max(500, width)},1400`, `file://${frame}`],
    {
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  if (done.status !== 0) throw new Error(`chromium ended with ${done.status}: ${done.stderr}`);
}

const [folder, ...states] = process.argv.slice(2);
if (folder === undefined) throw new Error("give a folder for the pictures");
main(folder, states.length === 0 ? Object.keys(views) : states);
