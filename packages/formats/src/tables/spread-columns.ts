const scores = /^(?:y_)?(?:scores?|probs?|probas?|probability|probabilities|p)$/i;

/** The name of one class's column that stands inside a column of lists (by place, from 0) or of mappings (by key). */
export function spreadName(column: string, key: string | number): string {
  return `${scores.test(column) ? "score" : column}:${key}`;
}

/** Items of one list that become columns of their own. */
export const spreadLimit = 1_000;
