const most = 64;
const vectorsAt = (2 * most + 1) * 16;
/** Bytes of a vector, over and over, in the order of kernels/plain-decimal.ts: digits, the point, nine, the lower byte, and the weights that sum digits. */
const vectors = [[48], [46], [9], [255, 0], [10, 0], [100, 0, 1, 0], [0x10, 0x27, 1, 0]];
const masksAt = vectorsAt + vectors.length * 16;

/** Bytes that the constants take. */
export const decimalConstantsSize = masksAt + 32;

/**
 * Writes what the kernels know of decimals: each power of ten from −64 to 64 by its upper 64 bits, rounded down, with the exponent that it
 * brings; then vectors, and masks of the last bytes of one.
 */
export function writeDecimalConstants(view: DataView, at: number): void {
  for (let power = -most; power <= most; power++) {
    const ten = 10n ** BigInt(Math.abs(power));
    const bits = ten.toString(2).length;
    // 10^power = digits × 2^exponent, with 64 bits of digits.
    const exponent = power < 0 ? -bits - 63 : bits - 64;
    const digits =
      power < 0 ? (1n << BigInt(-exponent)) / ten : exponent < 0 ? ten << BigInt(-exponent) : ten >> BigInt(exponent);
    const place = at + 16 * (power + most);
    view.setBigUint64(place, digits, true);
    // Of a product with 64 more bits, whose double has 52 bits below its first and the bias 1023; the first bit adds one itself.
    view.setBigInt64(place + 8, BigInt(exponent + 64 + 52 + 1023 - 1), true);
  }
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, decimalConstantsSize);
  vectors.forEach((pattern, index) => {
    for (let byte = 0; byte < 16; byte++) bytes[vectorsAt + index * 16 + byte] = pattern[byte % pattern.length] ?? 0;
  });
  bytes.fill(255, masksAt + 16);
}
