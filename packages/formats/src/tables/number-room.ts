/**
 * Memory for a column of numbers that two threads fill, each its part: `own` is where this one writes. What the parts leave free between them
 * is closed when they are joined, so that no number is held twice.
 */
export interface NumberRoom {
  /** All of it, of which `own` is the beginning; absent in the other thread. */
  whole?: Float64Array;
  own: Float64Array;
}

/** Room for two parts of about so many rows. Memory that is not written to costs nothing. */
export function numberRoom(first: number, second: number): { first: NumberRoom; second: NumberRoom } {
  const whole = new Float64Array(new SharedArrayBuffer((first + second) * 8));
  return { first: { whole, own: whole.subarray(0, first) }, second: { own: whole.subarray(first) } };
}
