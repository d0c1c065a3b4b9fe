import type { Piece, Sentence } from "../content/piece.ts";
import { codeSpan, type Place } from "../escape/code-span.ts";
import { commitAddress, safeAddress, shortSha } from "../escape/link.ts";
import { nameInProse, prose } from "../escape/prose.ts";
import type { Links } from "../view.ts";

/** A link to an address of ours, or its text alone when the address is not safe. */
export function markdownLink(text: string, url: string | undefined): string {
  const address = safeAddress(url);
  return address === undefined ? text : `[${text}](${address})`;
}

/** A commit's short id, linked when the repository is known. */
export function markdownCommit(sha: string, links: Links): string {
  const short = shortSha(sha);
  return short === undefined
    ? codeSpan(sha, "paragraph", 40)
    : markdownLink(`\`${short}\``, commitAddress(links.repository, sha));
}

function piece(part: Piece, links: Links, place: Place): string {
  switch (part.kind) {
    case "words":
      return part.text;
    case "strong":
      return `**${part.text}**`;
    case "name":
      return codeSpan(part.text, place);
    case "title":
      return nameInProse(part.text, place);
    case "said":
      return prose(part.text, place);
    case "commit":
      return markdownCommit(part.sha, links);
    case "link":
      return markdownLink(part.text, part.url);
  }
}

/** A sentence as Markdown in which only our own words can be markup. */
export function markdownSentence(sentence: Sentence, links: Links, place: Place = "paragraph"): string {
  return sentence.map((part) => piece(part, links, place)).join("");
}
