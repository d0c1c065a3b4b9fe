/** ASCII punctuation, which the normal form leaves out. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
/** English articles that stand between characters that are neither letters, digits nor `_`. */
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;
/** What separates words, as Python's `str.split` has it: these control characters too, and no byte order mark. */
const BETWEEN = /(?:(?!\uFEFF)\s)+/;
const CONTROL_SPACES = new Set([0x1c, 0x1d, 0x1e, 0x1f, 0x85].map((code) => String.fromCodePoint(code)));

/**
 * The words of a text in the normal form of SQuAD (Rajpurkar et al. 2016): lower case without a locale, no ASCII punctuation, no English
 * articles, spaces collapsed. Equals the words of the official evaluation script's `normalize_answer`.
 */
export function normalWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(PUNCTUATION, "")
    .replace(ARTICLES, " ")
    .replace(/\p{Cc}/gu, (control) => (CONTROL_SPACES.has(control) ? " " : control))
    .split(BETWEEN)
    .filter((word) => word !== "");
}
