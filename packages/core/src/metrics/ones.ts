const made = new WeakSet<Float64Array>();

/** That many weights of 1, which nobody writes to. */
export function ones(length: number): Float64Array {
  const weights = new Float64Array(length).fill(1);
  made.add(weights);
  return weights;
}

/** Whether the weights came from `ones`, so that a sum needs no product. False says nothing. */
export function areOnes(weights: Float64Array): boolean {
  return made.has(weights);
}
