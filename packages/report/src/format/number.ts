/** Digits in groups of three: `48210` as `48,210`. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A finite number with a fixed count of decimals, U+2212 as minus, groups of three, never `−0`; very large or small ones with an exponent. */
export function fixed(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return "not finite";
  if (size >= 1e15 || (size > 0 && size < 1e-9)) return value.toExponential(3).replaceAll("-", "−");
  const [whole = "0", part] = size.toFixed(decimals).split(".");
  const text = part === undefined ? grouped(whole) : `${grouped(whole)}.${part}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** The same with a sign; what is not zero but rounds to it is `+<0.001`, never a false zero. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  if (value === 0) return `±${text}`;
  const sign = value > 0 ? "+" : "−";
  if (!/[1-9]/.test(text)) return `${sign}<${fixed(10 ** -decimals, decimals)}`;
  return value > 0 ? `+${text}` : text;
}

/** A count: `1,204`. */
export function count(value: number): string {
  return fixed(value, Number.isInteger(value) ? 0 : 1);
}

/** A single number on its own, with about four digits that matter: `0.731`, `38.1`, `48,210`. */
export function alone(value: number): string {
  return fixed(value, Number.isInteger(value) && Math.abs(value) >= 1 ? 0 : usualDecimals(Math.abs(value)));
}

/** Decimals that suit a size. */
export function usualDecimals(size: number): number {
  if (size >= 1000) return 0;
  if (size >= 10) return 1;
  return size >= 1 ? 2 : 3;
}

/** `1 gate`, `2 gates`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
