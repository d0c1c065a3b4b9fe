import { codePointOrder } from "@metricgate/core/text/code-point-order";

/**
 * Orders tags by version, oldest first: runs of digits as numbers, all else by code point, and `v2.0-rc1` before `v2.0`.
 * Tags that differ only in leading zeros are ordered by code point, so that the order is total.
 */
export function byVersion(one: string, other: string): number {
  const [mine, theirs] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.min(mine.length, theirs.length); at += 1) {
    const order = comparePart(mine[at] ?? "", theirs[at] ?? "");
    if (order !== 0) return order;
  }
  if (mine.length === theirs.length) return codePointOrder(one, other);
  const rest = (mine.length > theirs.length ? mine : theirs)[Math.min(mine.length, theirs.length)] ?? "";
  const longer = /^-[A-Za-z]/.test(rest) ? -1 : 1;
  return mine.length > theirs.length ? longer : -longer;
}

function partsOf(tag: string): string[] {
  return tag.match(/\d+|\D+/g) ?? [];
}

function comparePart(one: string, other: string): number {
  const numbers = /^\d/.test(one) && /^\d/.test(other);
  if (!numbers) return codePointOrder(one, other);
  const [mine, theirs] = [one.replace(/^0+(?=\d)/, ""), other.replace(/^0+(?=\d)/, "")];
  return mine.length - theirs.length || codePointOrder(mine, theirs);
}
