/** Whether no value is infinite or NaN. */
export function allFinite(values: Float64Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += (values[i] ?? 0) * 0;
  return zero === 0;
}
