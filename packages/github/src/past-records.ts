import type { Ancestry } from "./ancestry.ts";

/** Requests that wait at once. */
const atOnce = 5;

/** The commits with a record among the base and its first parents (at most 100 back): the `window` nearest, oldest first. */
export async function nearestRecords(
  base: string,
  hasRecord: (sha: string) => boolean,
  window: number,
  ancestry: (base: string) => Promise<Pick<Ancestry, "firstParents">>,
): Promise<string[]> {
  const { firstParents } = await ancestry(base);
  return firstParents.filter(hasRecord).slice(0, window).reverse();
}

/** Asks for each item, a few at a time; answers in the order of the items. */
export async function inBatches<T, A>(items: readonly T[], ask: (item: T) => Promise<A>): Promise<A[]> {
  const answers: A[] = [];
  for (let at = 0; at < items.length; at += atOnce)
    answers.push(...(await Promise.all(items.slice(at, at + atOnce).map(ask))));
  return answers;
}
