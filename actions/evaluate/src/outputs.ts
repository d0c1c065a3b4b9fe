/** The outputs of `evaluate`, each with its description. */
export const outputs = {
  "result-file": "Path of the evaluation.",
  "model-digest": "Digest of the model that was measured, if it is known.",
  status: "`ok`, `invalid`, `unavailable` or `crashed`.",
};
