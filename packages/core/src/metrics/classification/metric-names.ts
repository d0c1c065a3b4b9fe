import { type ClassShare, fBeta, JACCARD, PRECISION, RECALL } from "./averages.ts";
import { BINARY_ACCURACY, BINARY_METRICS, type BinaryMetric, fBetaMetric } from "./binary-metrics.ts";

/** A plain decimal as it is written shortest: no sign, no exponent, no zero too many. */
const DECIMAL = "(?:0|[1-9]\\d*)(?:\\.\\d*[1-9])?";

/** Reads a plain decimal, at most `most`. */
export function decimal(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !new RegExp(`^${DECIMAL}$`).test(text)) return undefined;
  const value = Number(text);
  return value <= most ? value : undefined;
}

/** β of `f1`, `f2`, `f0.5` …, above 0 and at most 1,000. */
export function betaOf(name: string): number | undefined {
  if (!name.startsWith("f")) return undefined;
  const beta = decimal(name.slice(1), 1000);
  return beta === 0 ? undefined : beta;
}

/** A metric of the binary confusion table by its name. */
export function binaryMetric(name: string): BinaryMetric | undefined {
  const beta = betaOf(name);
  return beta === undefined ? BINARY_METRICS.get(name) : fBetaMetric(beta);
}

/** Those that also exist at a given threshold. */
const AT_THRESHOLD = new Set(["precision", "recall", "fpr", "selection_rate", "specificity", "npv", "fnr", "jaccard"]);

/** Reads `precision@threshold=0.3`: a binary metric of the rows whose score is at least the threshold. */
export function parseThreshold(name: string): { metric: BinaryMetric; threshold: number; base: string } | undefined {
  const [base = "", given, more] = name.split("@threshold=");
  const negative = given?.startsWith("-") === true && given !== "-0";
  const size = decimal(negative ? given?.slice(1) : given, Number.MAX_VALUE);
  if (size === undefined || more !== undefined) return undefined;
  const metric =
    base === "accuracy"
      ? BINARY_ACCURACY
      : AT_THRESHOLD.has(base) || betaOf(base) !== undefined
        ? binaryMetric(base)
        : undefined;
  return metric && { metric, threshold: negative ? -size : size, base };
}

export type Average = "macro" | "micro" | "weighted" | "samples";

/** Reads `precision_macro`, `f0.5_weighted` and the like. */
export function parseAverage(name: string): { share: ClassShare; part: string; average: Average } | undefined {
  const match = /^(.+)_(macro|micro|weighted|samples)$/.exec(name);
  const part = match?.[1] ?? "";
  const average = match?.[2];
  if (average !== "macro" && average !== "micro" && average !== "weighted" && average !== "samples") return undefined;
  const beta = betaOf(part);
  const share =
    beta !== undefined
      ? fBeta(beta)
      : part === "precision"
        ? PRECISION
        : part === "recall"
          ? RECALL
          : part === "jaccard"
            ? JACCARD
            : undefined;
  return share && { share, part, average };
}
