import { normalWords } from "./normal-text.ts";

/** The best score over the references; one without any has the empty answer as its reference. */
function best(references: readonly string[], score: (reference: string[]) => number): number {
  let found = 0;
  for (const reference of references.length === 0 ? [""] : references)
    found = Math.max(found, score(normalWords(reference)));
  return found;
}

/** 1 when the prediction equals a reference in SQuAD's normal form, else 0 (Rajpurkar et al. 2016). */
export function exactMatch(prediction: string, references: readonly string[]): number {
  const said = normalWords(prediction).join(" ");
  return best(references, (reference) => (reference.join(" ") === said ? 1 : 0));
}

/**
 * The F1 of the words that prediction and reference share, with repetitions, in SQuAD's normal form; the best over the references, 0 to 1.
 * Two empty texts are 1, an empty and another 0 (the official script of SQuAD 2.0).
 */
export function tokenF1(prediction: string, references: readonly string[]): number {
  const said = normalWords(prediction);
  return best(references, (reference) => {
    if (said.length === 0 || reference.length === 0) return said.length === reference.length ? 1 : 0;
    const left = new Map<string, number>();
    for (const word of reference) left.set(word, (left.get(word) ?? 0) + 1);
    let shared = 0;
    for (const word of said) {
      const times = left.get(word) ?? 0;
      if (times === 0) continue;
      shared++;
      left.set(word, times - 1);
    }
    return (2 * shared) / (said.length + reference.length);
  });
}
