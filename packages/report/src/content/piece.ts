/**
 * A part of a sentence. `words` and `strong` are ours; `name`, `title` (a name in a heading) and `said` (a sentence) come from documents and are escaped by each output;
 * `commit` is a full id, `link` an address of ours.
 */
export type Piece =
  | { kind: "words"; text: string }
  | { kind: "strong"; text: string }
  | { kind: "name"; text: string }
  | { kind: "title"; text: string }
  | { kind: "said"; text: string }
  | { kind: "commit"; sha: string }
  | { kind: "link"; text: string; url: string };

/** One sentence or line. */
export type Sentence = Piece[];

/** Our own words. */
export function words(text: string): Piece {
  return { kind: "words", text };
}

/** Our own words, with weight. */
export function strong(text: string): Piece {
  return { kind: "strong", text };
}

/** A name from a document. */
export function named(text: string): Piece {
  return { kind: "name", text };
}

/** A sentence from a document. */
export function said(text: string): Piece {
  return { kind: "said", text };
}

/** Sentences joined by a separator of ours. */
export function joined(sentences: readonly Sentence[], separator: string): Sentence {
  return sentences.flatMap((sentence, i) => (i === 0 ? sentence : [words(separator), ...sentence]));
}
