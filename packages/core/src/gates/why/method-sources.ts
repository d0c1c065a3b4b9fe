/** What a method of an interval or a band is, and where it comes from. */
export interface MethodSource {
  what: string;
  source: string;
}

const sources: Record<string, MethodSource> = {
  tango: { what: "score interval of the difference of two shares of the same rows", source: "Tango 1998" },
  "few-differing": {
    what: "score interval of the difference where fewer than 30 rows tell the two sides apart: as much variance as the change in question needs, and Student's t for the few rows",
    source: "Tango 1998; Kish 1965; Satterthwaite 1946; Pan and Wall 2002",
  },
  "paired-influence": {
    what: "difference of the influence values of the same rows with Student's t; for areas under the ROC curve this is DeLong's",
    source: "Jaeckel 1972; DeLong, DeLong and Clarke-Pearson 1988; with groups Liang and Zeger 1986",
  },
  influence: {
    what: "influence values of the rows with Student's t",
    source: "Jaeckel 1972; with groups Liang and Zeger 1986",
  },
  "cell-bootstrap": { what: "percentile bootstrap of the joint cells of label and predictions", source: "Efron 1979" },
  "row-bootstrap": { what: "percentile bootstrap of the rows, or of their groups", source: "Efron 1979" },
  wilson: { what: "score interval of a share", source: "Wilson 1927" },
  "clopper-pearson": { what: "exact interval of a share", source: "Clopper and Pearson 1934" },
  logit: {
    what: "normal interval on the logit scale",
    source: "DeLong, DeLong and Clarke-Pearson 1988; logit after Pepe 2003",
  },
  newcombe: { what: "score interval of the difference of two independent shares", source: "Newcombe 1998, method 10" },
  welch: { what: "difference of independent means with Student's t", source: "Welch 1947" },
  "donner-zou": { what: "ratio of two independent shares", source: "Donner and Zou 2012" },
  log: { what: "normal interval of the logarithm of a ratio", source: "Katz et al. 1978" },
  repeats: {
    what: "means of several training runs and the rows of their average",
    source: "Welch 1947; Satterthwaite 1946",
  },
  "repeats-and-rows": { what: "mean of several training runs, each with its rows", source: "Satterthwaite 1946" },
  stderr: { what: "the standard error that the metric file gives, normal", source: "as given" },
  interval: { what: "the width of the interval that the metric file gives", source: "as given" },
  unpaired: { what: "the sum of both sides' variances", source: "Welch 1947; Satterthwaite 1946" },
  "unpaired-stderr": {
    what: "the standard errors that the metric files give, unpaired",
    source: "Welch 1947; Satterthwaite 1946",
  },
  "unpaired-interval": { what: "the widths of the intervals that the metric files give, unpaired", source: "as given" },
  "unpaired-repeats": {
    what: "the repeats that the metric files give, unpaired",
    source: "Welch 1947; Satterthwaite 1946",
  },
  "training-sd": { what: "the sd between training runs that the policy states", source: "Bouthillier et al. 2021" },
  t: { what: "one-sided prediction band of Student's t", source: "Hahn and Meeker 1991" },
  mad: { what: "median and scaled median absolute deviation", source: "Hampel 1974" },
  percentage: { what: "a share of the mean", source: "the policy's own limit" },
};

/** The parts of a method's name, each with what it is; a name that is not known stands for itself. */
export function methodSources(method: string): MethodSource[] {
  return method.split("+").map((part) => {
    const plain = part.replace(/-fixed-threshold$/, "");
    const found = Object.hasOwn(sources, plain) ? sources[plain] : undefined;
    const fixed = part === plain ? "" : "; its threshold was chosen on these rows and counts as fixed";
    return found === undefined
      ? { what: part.replaceAll("-", " "), source: "as the evaluation says" }
      : { ...found, what: `${found.what}${fixed}` };
  });
}
