/** The outputs of `gate`, each with its description. */
export const outputs = {
  verdict: "`pass`, `warn` or `fail`; empty when nothing was judged.",
  "failed-gates": "JSON list of the ids of the results that failed.",
  "baseline-sha": "Commit of the baseline.",
  "result-file": "Path of the verdict.",
  status: "`ok`, `invalid`, `unavailable` or `crashed`.",
};
