import { cmark } from "./cmark.ts";

const light =
  "--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--paper:#fff;--shade:#f6f8fa;--code:#818b981f;--link:#0969da;--row:#fff;--odd:#f6f8fa";
const dark =
  "--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--paper:#0d1117;--shade:#151b23;--code:#656c7633;--link:#4493f8;--row:#0d1117;--odd:#151b23";

/** Sizes, margins and colours about as GitHub shows a comment, written for these pictures: enough to judge wording and layout. */
const style = `:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
body{margin:0;padding:8px;background:var(--paper);color:var(--ink);font:14px/1.5 "Liberation Sans",Arial,sans-serif}
.box{border:1px solid var(--line);border-radius:6px;max-width:860px;margin:0 auto}
.who{background:var(--shade);border-bottom:1px solid var(--line);padding:8px 16px;color:var(--soft);border-radius:6px 6px 0 0}
.body{padding:16px;overflow-wrap:break-word}
.body>:last-child{margin-bottom:0}
h3{font-size:17.5px;line-height:1.25;margin:0 0 16px}h4{font-size:14px;line-height:1.25;margin:24px 0 16px}
p,ul,ol,table,pre,details{margin:0 0 16px}ul,ol{padding-left:2em}li+li{margin-top:.25em}
a{color:var(--link);text-decoration:none}
table{display:block;width:max-content;max-width:100%;overflow:auto;border-collapse:collapse}
tr{background:var(--row)}tr:nth-child(2n){background:var(--odd)}
th,td{border:1px solid var(--line);padding:6px 13px}th{font-weight:600}
code{background:var(--code);border-radius:6px;padding:.2em .4em;font:85% "Liberation Mono","DejaVu Sans Mono",monospace;white-space:break-spaces}
pre{background:var(--shade);border-radius:6px;padding:16px;overflow:auto;line-height:1.45}
pre code{background:none;padding:0;white-space:pre}
sub{font-size:75%;line-height:0;position:relative;bottom:-.25em;vertical-align:baseline}
summary{cursor:pointer}details[open]>summary{margin-bottom:8px}`;

/** A comment as a page: parsed by GitHub's parser, with about its looks. A comment turns each newline of a paragraph into a break. */
export function commentPage(markdown: string): string {
  const body = cmark(markdown, { breaks: true });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>comment</title><style>${style}</style><div class="box"><div class="who"><b>github-actions</b> commented</div><div class="body">${body}</div></div></html>`;
}
