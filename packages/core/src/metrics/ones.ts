const made = new WeakSet<Float64Array>();
let last = new Float64Array(0);

/** That many weights of 1, which nobody writes to: both sides of a comparison have the same array. */
export function ones(length: number): Float64Array {
  if (last.length !== length) last = new Float64Array(length).fill(1);
  made.add(last);
  return last;
}

/** Whether the weights came from `ones`, so that a sum needs no product. False says nothing. */
export function areOnes(weights: Float64Array): boolean {
  return made.has(weights);
}
