const most = 64;
const powersAt = 320;
const vectorsAt = powersAt + (2 * most + 1) * 16;
/** Bytes of a vector, over and over, in the order of kernels/plain-decimal.ts: digits, the point, nine, the lower byte, and the weights that sum digits. */
const vectors = [[48], [46], [9], [255, 0], [10, 0], [100, 0, 1, 0], [0x10, 0x27, 1, 0]];

/** Bytes that the constants take. */
export const decimalConstantsSize = vectorsAt + vectors.length * 16 + 48;

/**
 * Writes what the kernels know of decimals: 10^0 to 10^19, the largest integer that each may multiply so that a smaller number than the power
 * can still be added within 64 bits, and each power of ten from −64 to 64 by its upper 64 bits, rounded down, with the exponent that it brings; then vectors, and masks of the last bytes of one.
 */
export function writeDecimalConstants(view: DataView, at: number): void {
  const word = 1n << 64n;
  for (let power = 0; power < 20; power++) {
    const ten = 10n ** BigInt(power);
    view.setBigUint64(at + 8 * power, ten, true);
    view.setBigUint64(at + 160 + 8 * power, word / ten - 1n, true);
  }
  for (let power = -most; power <= most; power++) {
    const ten = 10n ** BigInt(Math.abs(power));
    const bits = ten.toString(2).length;
    // 10^power = digits × 2^exponent, with 64 bits of digits.
    const exponent = power < 0 ? -bits - 63 : bits - 64;
    const digits =
      power < 0 ? (1n << BigInt(-exponent)) / ten : exponent < 0 ? ten << BigInt(-exponent) : ten >> BigInt(exponent);
    const place = at + powersAt + 16 * (power + most);
    view.setBigUint64(place, digits, true);
    // Of a product with 64 more bits, whose double has 52 bits below its first and the bias 1023; the first bit adds one itself.
    view.setBigInt64(place + 8, BigInt(exponent + 64 + 52 + 1023 - 1), true);
  }
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at + vectorsAt, vectors.length * 16 + 48);
  vectors.forEach((pattern, index) => {
    for (let byte = 0; byte < 16; byte++) bytes[index * 16 + byte] = pattern[byte % pattern.length] ?? 0;
  });
  bytes.fill(255, vectors.length * 16 + 16, vectors.length * 16 + 32);
}
