/** The outputs of `report`, each with its description. */
export const outputs = {
  verdict: "The worst of the verdicts; empty when nothing was judged.",
  "report-url": "Address of the HTML report.",
  status: "`ok`, `invalid`, `unavailable` or `crashed`.",
};
