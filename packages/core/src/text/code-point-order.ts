/**
 * Orders two texts by Unicode code point (which is also the order of their UTF-8 bytes): negative, zero or positive.
 * The language's own order is by UTF-16 unit, which puts U+1F600 before U+FFFD, and no other tool would.
 */
export function codePointOrder(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1;
  }
  return a.length - b.length;
}
