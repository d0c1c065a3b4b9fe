/** First and last code points that cannot be seen, reorder what is beside them, break a line or stand for half a character. */
const hidden: readonly (readonly [number, number])[] = [
  [0x00, 0x1f], // C0
  [0x7f, 0x9f], // DEL and C1
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f],
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers, here and below
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f], // zero width, and left and right marks
  [0x2028, 0x202e], // separators, bidirectional embeddings
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff], // lone surrogates: a pair is one code point and comes here as such
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xffff],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff], // tags
];

function isHidden(code: number): boolean {
  return hidden.some(([first, last]) => code >= first && code <= last);
}

/** The UTF-16 units of a character as `\uXXXX`. */
function spelled(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");
}

/**
 * A text of unknown origin on one line, with every character that cannot be seen, reorders others or breaks a line shown as `\uXXXX`.
 * Lone surrogates included, so the result is always well-formed.
 */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  let shown = "";
  for (const character of text) shown += isHidden(character.codePointAt(0) ?? 0) ? spelled(character) : character;
  return shown;
}
