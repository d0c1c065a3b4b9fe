/** A metric over the column `value:NAME`: its mean, a quantile, or the share of rows beyond a bound. */
export type ValueMetric =
  | { kind: "mean"; column: string }
  | { kind: "quantile"; column: string; share: number }
  | { kind: "rate"; column: string; sign: ">=" | "<=" | ">" | "<"; bound: number };

const SIGNS = [">=", "<=", ">", "<"] as const;

/** Reads `mean(NAME)`, `median(NAME)`, `p90(NAME)` (any p above 0 and below 100) and `rate(NAME>=0.5)` (also `>`, `<=`, `<`). */
export function parseValueMetric(name: string): ValueMetric | undefined {
  const [, word = "", inside = ""] = /^(mean|median|rate|p\d{1,2}(?:\.\d+)?)\((.+)\)$/s.exec(name) ?? [];
  if (word === "") return undefined;
  if (word === "mean") return { kind: "mean", column: inside };
  if (word === "median") return { kind: "quantile", column: inside, share: 0.5 };
  if (word !== "rate") {
    const percent = Number(word.slice(1));
    return percent > 0 ? { kind: "quantile", column: inside, share: percent / 100 } : undefined;
  }
  const match = /^(.+?)\s*(>=|<=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/is.exec(inside);
  const sign = SIGNS.find((known) => known === match?.[2]);
  const bound = Number(match?.[3]);
  if (match?.[1] === undefined || sign === undefined || !Number.isFinite(bound)) return undefined;
  return { kind: "rate", column: match[1], sign, bound };
}
