/** The outputs of `deploy`, each with its description. */
export const outputs = {
  "model-digest": "Digest of the model that was to become live.",
  "previous-digest": "Digest of the model that was live before.",
  "deployment-url": "Address of the deployment, where the platform has one.",
  "result-file": "Path of the deployment record.",
  status: "`ok`, `invalid`, `unavailable` or `crashed`.",
};
