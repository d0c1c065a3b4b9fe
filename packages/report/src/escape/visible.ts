/** C0, DEL and C1, soft hyphen, zero-width, bidirectional, separator and other invisible characters, and the tag block. */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

/** One UTF-16 unit as `\uXXXX`. */
function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/**
 * A text of unknown origin on one line, with every character that cannot be seen, reorders others or breaks a line shown as `\uXXXX`.
 * Lone surrogates included, so the result is always well-formed.
 */
export function visible(text: string): string {
  return text.replace(invisible, (found) =>
    Array.from({ length: found.length }, (_, i) => unit(found.charCodeAt(i))).join(""),
  );
}
