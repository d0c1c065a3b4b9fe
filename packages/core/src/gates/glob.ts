/** Whether a pattern holds a wildcard. */
export function isGlob(pattern: string): boolean {
  return pattern.includes("*");
}

/**
 * Whether a name matches a pattern in which `*` stands for any characters, also none; all else is literal.
 * Linear in practice and at worst the product of the lengths, whatever the pattern.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    if (pattern[p] === "*") {
      star = p++;
      resume = n;
    } else if (p < pattern.length && pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
