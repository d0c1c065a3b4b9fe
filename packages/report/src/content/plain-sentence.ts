import { safeAddress, shortSha } from "../escape/link.ts";
import { plain } from "../escape/prose.ts";
import type { Sentence } from "./piece.ts";

/** A sentence for a terminal, a title or an annotation: one line without markup. */
export function plainSentence(sentence: Sentence): string {
  return sentence
    .map((part) => {
      switch (part.kind) {
        case "words":
        case "strong":
          return part.text;
        case "commit":
          return shortSha(part.sha) ?? plain(part.sha, 40);
        case "link":
          return safeAddress(part.url) === undefined ? part.text : `${part.text} (${part.url})`;
        default:
          return plain(part.text);
      }
    })
    .join("");
}
