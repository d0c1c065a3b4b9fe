import { spawnSync } from "node:child_process";

/** True when GitHub's Markdown parser is installed. */
export function hasCmark(): boolean {
  return spawnSync("cmark-gfm", ["--version"]).status === 0;
}

/**
 * Markdown as GitHub's parser renders it, with raw HTML kept, so that what the sanitiser would have to catch is seen. With `breaks` each newline of
 * a paragraph is one, as in a comment; a job summary has none.
 */
export function cmark(markdown: string, { breaks = false } = {}): string {
  const extensions = ["table", "autolink", "strikethrough", "tagfilter", "tasklist"].flatMap((name) => ["-e", name]);
  const done = spawnSync("cmark-gfm", ["--unsafe", ...(breaks ? ["--hardbreaks"] : []), ...extensions], {
    input: markdown,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (done.status !== 0) throw new Error(`cmark-gfm ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

/** The tags of an HTML text in order, with the addresses of links; texts, and attributes that carry text, are left out. */
export function skeleton(html: string): string[] {
  return [...html.matchAll(/<(\/?[A-Za-z][A-Za-z0-9]*)([^>]*)>|<!--/g)].map(([whole, tag, attributes]) => {
    if (tag === undefined) return whole;
    const href = /href="([^"]*)"/.exec(attributes ?? "");
    return href === null ? tag : `${tag} ${href[1]}`;
  });
}

/** The text outside of code, where GitHub looks for mentions, references and addresses. */
export function liveText(html: string): string {
  return html
    .replace(/<pre[\s>][\s\S]*?<\/pre>/g, " ")
    .replace(/<code[^>]*>[\s\S]*?<\/code>/g, " ")
    .replace(/<a [^>]*>[\s\S]*?<\/a>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** What GitHub would make of a text outside of code: mentions, references to issues and commits, addresses, emoji and math. */
export function livePieces(text: string): string[] {
  return (
    text.match(/@[A-Za-z0-9]|#\d|\bGH-\d|https?:\/\/|\bwww\.|:[a-z0-9_+-]+:|\b[0-9a-f]{7,40}\b|\$[^ ]|!\[/gi) ?? []
  );
}
