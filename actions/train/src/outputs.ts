/** The outputs of `train`, each with its description. */
export const outputs = {
  "model-digest": "Digest of the model's files.",
  "result-file": "Path of the training record.",
  status: "`ok`, `invalid`, `unavailable` or `crashed`.",
};
