/** Whether no value is infinite or NaN. */
export function allFinite(values: Float64Array): boolean {
  return timesZero(values) === 0;
}

/** 0, or NaN where a value is not finite. */
function timesZero(values: Float64Array): number {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += (values[i] ?? 0) * 0;
  return zero;
}
