import { clip } from "@metricgate/core/text/clip";
import { codeSpan, type Place } from "./code-span.ts";
import { visible } from "./visible.ts";

/** Letters, digits and marks that no Markdown parser and no GitHub filter gives a meaning. */
const plainWord =
  /^[("“‘]?[A-Za-z0-9À-ÖØ-öø-ɏ%−+≥≤±×→–—…·°✅❌⚠💥🆕⏭➖]+\ufe0f?(?:['’.,:/-][A-Za-z0-9À-ÖØ-öø-ɏ%]+)*[.,;:!?)"”’…]{0,3}$/u;
/** Words that GitHub or a mail reader would link although every character is harmless. */
const live =
  /^\W*www\.|gh-\d|[A-Z][A-Z0-9]*-\d|[a-z]\.[a-z]|[a-z]\/|\/[a-z]|[a-z]:[a-z]|:[a-z0-9_+-]+:|:\/|[0-9a-f]{7,}/i;

/** A number with a sign, inside a sentence. */
const signedNumber = /^\(?[-−+]\d+(?:\.\d+)?(?:e-?\d+)?%?[.,;:)]{0,2}$/;

/** True when a word can stand in Markdown as it is. */
function isPlain(word: string): boolean {
  return plainWord.test(word) && !live.test(word);
}

/** A word as a code span, its brackets and its punctuation left outside. */
function spanned(word: string, place: Place): string {
  const parts = /^([("“‘]?)(.*?)([.,;:!?)"”’…]*)$/u.exec(word);
  const [, before = "", inner = "", after = ""] = parts ?? [];
  return inner === "" ? codeSpan(word, place) : `${before}${codeSpan(inner, place)}${after}`;
}

/**
 * A sentence of unknown origin as Markdown in which no markup, mention, reference, link or picture is live:
 * harmless words stay as they are, every other word becomes a code span. White space becomes single spaces.
 */
export function prose(text: string, place: Place, limit = 600): string {
  const words = clip(text.replace(/\s+/g, " ").trim(), limit).match(/(?<!\S)`[^`]+`[.,;:!?)]?(?!\S)|\S+/g) ?? [];
  return words
    .map((word, i) => {
      // What a sentence quotes as code is one span, blanks and all.
      const quoted = /^`([^`]+)`([.,;:!?)]?)$/.exec(word);
      if (quoted !== null) return `${codeSpan(quoted[1] ?? "", place)}${quoted[2]}`;
      const plain = isPlain(word) || (i > 0 && signedNumber.test(word));
      return plain && !(i === 0 && /^(?:\d+[.)]|[+−–—-])$/.test(word)) ? word : spanned(word, place);
    })
    .join(" ");
}

/** A name in running Markdown: as it is when harmless (`fraud-scorer`), as a code span otherwise. */
export function nameInProse(name: string, place: Place): string {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name) && isPlain(name) ? name : codeSpan(name, place);
}

/** A sentence of unknown origin for a place without markup: visible characters on one line. */
export function plain(text: string, limit = 600): string {
  return visible(clip(text.replace(/\s+/g, " ").trim(), limit));
}
