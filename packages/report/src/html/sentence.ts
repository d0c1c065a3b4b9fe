import type { Piece, Sentence } from "../content/piece.ts";
import { htmlName, htmlText } from "../escape/html.ts";
import { commitAddress, safeAddress, shortSha } from "../escape/link.ts";
import { plain } from "../escape/prose.ts";
import type { Links } from "../view.ts";

/** A link to an address of ours, or its text alone when the address is not safe. The text is HTML already. */
export function htmlLink(text: string, url: string | undefined): string {
  const address = safeAddress(url);
  return address === undefined ? text : `<a href="${htmlText(address)}">${text}</a>`;
}

/** A commit's short id, linked when the repository is known. */
export function htmlCommit(sha: string, links: Links): string {
  const text = `<code>${htmlName(shortSha(sha) ?? sha, 40)}</code>`;
  return htmlLink(text, commitAddress(links.repository, sha));
}

/** A sentence of unknown origin as HTML; what it quotes between backticks is code. */
export function htmlSaid(text: string, limit = 600): string {
  return plain(text, limit)
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 0 ? htmlText(part) : `<code>${htmlText(part)}</code>`))
    .join("");
}

function htmlPiece(part: Piece, links: Links): string {
  switch (part.kind) {
    case "words":
      return htmlText(part.text);
    case "strong":
      return `<strong>${htmlText(part.text)}</strong>`;
    case "name":
      return `<code>${htmlName(part.text)}</code>`;
    case "title":
      return htmlName(part.text);
    case "said":
      return htmlSaid(part.text);
    case "commit":
      return htmlCommit(part.sha, links);
    case "link":
      return htmlLink(htmlText(part.text), part.url);
  }
}

/** A sentence as HTML in which only our own words can be markup. */
export function htmlSentence(sentence: Sentence, links: Links): string {
  return sentence.map((part) => htmlPiece(part, links)).join("");
}
