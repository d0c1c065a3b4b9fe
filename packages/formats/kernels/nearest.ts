import { highProduct } from "./high-product";

/** Powers of ten are known from 10^-64 to 10^64. */
const most = 64;

/**
 * The double nearest to mantissa × 10^power, or NaN where the truncated power of ten does not tell.
 * Of the product's upper half three of four parts are computed, so that it is at most three too small: that changes the rounding only where
 * the bits below the double's own are a half, or up to three less.
 * @param negative the bit of the sign
 * @param known what `writeDecimalConstants` of the host has written
 * @source Lemire 2021, "Number parsing at a gigabyte per second"; what is said above of the error is our own
 */
@inline
export function nearest(mantissa: u64, power: i32, negative: u64, known: usize): f64 {
  if (mantissa === 0) return reinterpret<f64>(negative);
  if (power < -most || power > most) return NaN;
  const entry = known + ((power + most) << 4);
  const zeros = clz(mantissa);
  const digits = mantissa << zeros;
  const low = digits & 0xffffffff;
  const high = digits >> 32;
  const otherLow = <u64>load<u32>(entry);
  const otherHigh = <u64>load<u32>(entry, 4);
  const product = high * otherHigh + ((high * otherLow) >> 32) + ((low * otherHigh) >> 32);
  const below = 10 + (product >> 63);
  const half = <u64>1 << (below - 1);
  const rest = product & ((half << 1) - 1);
  if (half - rest <= 3) return nearestOf(mantissa, entry, negative);
  return rounded(product, below, u64(rest >= half), load<u64>(entry, 8) - zeros, negative);
}

/**
 * The same with the whole product, where that tells.
 * The true one is at most 2^64 above it, so only its upper half can be one too small; and a half itself may be exact.
 */
function nearestOf(mantissa: u64, entry: usize, negative: u64): f64 {
  const zeros = clz(mantissa);
  const digits = mantissa << zeros;
  const upper = load<u64>(entry);
  const product = highProduct(digits, upper);
  const below = 10 + (product >> 63);
  const half = <u64>1 << (below - 1);
  const rest = product & ((half << 1) - 1);
  if (rest === half - 1 || (rest === half && digits * upper === 0)) return NaN;
  return rounded(product, below, u64(rest >= half), load<u64>(entry, 8) - zeros, negative);
}

/** The double of a product without its bits below: the mantissa's own top bit, and a carry out of it, add to the exponent. */
@inline
function rounded(product: u64, below: u64, up: u64, exponent: u64, negative: u64): f64 {
  return reinterpret<f64>(negative | (((exponent + below) << 52) + (product >> below) + up));
}
