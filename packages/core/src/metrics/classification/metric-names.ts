import { type ClassShare, fBeta, JACCARD, PRECISION, RECALL } from "./averages.ts";
import { BINARY_ACCURACY, BINARY_METRICS, type BinaryMetric, fBetaMetric } from "./binary-metrics.ts";

/** A plain decimal: no sign, no exponent, no leading zero, digits on both sides of the point. */
const DECIMAL = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Reads a plain decimal, at most `most`. */
export function decimal(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return value <= most ? value : undefined;
}

/** Reads a whole number from 1 to `most`, written without leading zeros. */
export function wholeNumber(text: string | undefined, most: number): number | undefined {
  return text !== undefined && /^[1-9]\d*$/.test(text) ? decimal(text, most) : undefined;
}

/** β of `f1`, `f2`, `f0.5` …, above 0 and at most 1,000, written as short as can be. */
export function betaOf(name: string): number | undefined {
  if (!name.startsWith("f") || /\.\d*0$/.test(name)) return undefined;
  const beta = decimal(name.slice(1), 1000);
  return beta === 0 ? undefined : beta;
}

/** A metric of the binary confusion table by its name. */
export function binaryMetric(name: string): BinaryMetric | undefined {
  const beta = betaOf(name);
  return beta === undefined ? BINARY_METRICS.get(name) : fBetaMetric(beta);
}

/** Reads `precision@threshold=0.3`: a binary metric of the rows whose score is at least the threshold. */
export function parseThreshold(name: string): { metric: BinaryMetric; base: string; threshold: number } | undefined {
  const match = /^(.+)@threshold=(-?)(.+)$/.exec(name);
  const base = match?.[1] ?? "";
  const size = decimal(match?.[3], Number.MAX_VALUE);
  const metric = base === "accuracy" ? BINARY_ACCURACY : binaryMetric(base);
  if (size === undefined || metric === undefined || (match?.[2] === "-" && size === 0)) return undefined;
  return { metric, base, threshold: match?.[2] === "-" ? -size : size };
}

/** The k of `top3_accuracy`, 1 to 10,000. */
export function parseTop(name: string): number | undefined {
  return wholeNumber(/^top(.+)_accuracy$/.exec(name)?.[1], 10_000);
}

/** The bins of `ece` and `mce` when none are named. */
const USUAL_BINS = 15;

/** Reads `ece`, `mce` and `ece@bins=10`, with 1 to 10,000 bins. */
export function parseCalibration(name: string): { kind: "ece" | "mce"; bins: number } | undefined {
  const match = /^(ece|mce)(?:@bins=(.+))?$/.exec(name);
  const kind = match?.[1];
  const bins = match?.[2] === undefined ? USUAL_BINS : wholeNumber(match[2], 10_000);
  return (kind === "ece" || kind === "mce") && bins !== undefined ? { kind, bins } : undefined;
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
