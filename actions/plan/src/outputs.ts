/** The outputs of `plan`, each with its description. */
export const outputs = {
  models: "JSON list of the models that the change can have changed, for a matrix; `[]` when there is none.",
  status: "`ok`, `invalid`, `unavailable` or `crashed`.",
};
