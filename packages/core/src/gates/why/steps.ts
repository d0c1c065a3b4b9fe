import type { GateResult } from "../../documents/verdict.ts";
import { amountText, numberText } from "../number-text.ts";

/** How a result came about, one sentence for each comparison that was made. */
export function stepsOf(result: GateResult): string[] {
  switch (result.rule) {
    case "no-regression":
    case "improvement":
    case "equivalence":
      return changeSteps(result);
    case "min":
    case "max":
    case "near":
      return limitSteps(result);
    case "history":
      return historySteps(result);
    case "fairness":
      return fairnessSteps(result);
    case "presence":
    case "baseline":
      return ["Nothing was compared: what was needed is not there."];
  }
}

const yes = (held: boolean) => (held ? "yes" : "no");

function changeSteps(result: GateResult): string[] {
  const { change, margin, interval, scale = "absolute", direction } = result;
  if (change === undefined || margin === undefined) return ["There is nothing to compare, so no change was judged."];
  const sign = direction === "down" ? -1 : 1;
  const amount = (value: number) => amountText(value, scale);
  const bounds = [sign * (interval?.low ?? change), sign * (interval?.high ?? change)];
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
  const gain = sign * change;
  const steps = [
    `The gain, the change with better counted up, is ${amount(gain)}${interval === undefined ? "; no uncertainty is known, so it stands for its own interval" : `, its interval ${amount(low)} to ${amount(high)}`}.`,
  ];
  if (result.rule === "improvement") {
    steps.push(
      `Pass asks that the interval lies above the margin: ${amount(low)} > ${amount(margin)}? ${yes(result.outcome === "pass")}.`,
    );
    if (result.outcome !== "pass")
      steps.push(
        `Fail asks that the interval does not reach above it: ${amount(high)} ≤ ${amount(margin)}? ${yes(result.outcome === "fail")}.`,
      );
    return steps;
  }
  const both = result.rule === "equivalence";
  const inside = both
    ? `${amount(-margin)} ≤ ${amount(low)} and ${amount(high)} ≤ ${amount(margin)}`
    : `${amount(low)} ≥ ${amount(-margin)}`;
  steps.push(`Pass asks that the whole interval keeps the margin: ${inside}? ${yes(result.outcome === "pass")}.`);
  if (result.outcome === "pass") return steps;
  const beyond = both ? `|${amount(gain)}| > ${amount(margin)}` : `${amount(gain)} < ${amount(-margin)}`;
  const isBeyond = both ? Math.abs(gain) > margin : gain < -margin;
  steps.push(
    `Fail asks that the observed ${both ? "change" : "loss"} is beyond the margin: ${beyond}? ${yes(isBeyond)}.`,
  );
  if (isBeyond) steps.push(...evidenceSteps(result, low, high, both));
  if (result.outcome === "inconclusive") steps.push("Neither holds, so it is open.");
  return steps;
}

function evidenceSteps(result: GateResult, low: number, high: number, both: boolean): string[] {
  const { evidence = "significant", adjustedP, interval, margin = 0, scale = "absolute" } = result;
  if (evidence === "estimate") return ["The gate fails by the value alone (evidence: estimate)."];
  const steps: string[] = [];
  const failed = yes(result.outcome === "fail");
  if (adjustedP === undefined) {
    const side = both
      ? `0 outside of ${amountText(low, scale)} to ${amountText(high, scale)}`
      : `${amountText(high, scale)} < 0`;
    steps.push(`And that it is real: ${side}? ${yes(both ? low > 0 || high < 0 : high < 0)}.`);
  } else {
    const level = interval?.level ?? Number.NaN;
    const alpha = both ? 1 - level : (1 - level) / 2;
    steps.push(
      `And that it is real among all that this gate judges at once: the adjusted p ${numberText(adjustedP)} ≤ ${numberText(alpha)}? ${yes(adjustedP <= alpha)}.`,
    );
  }
  if (evidence === "proven")
    steps.push(
      `And that the whole interval lies beyond the margin (evidence: proven): ${amountText(high, scale)} < ${amountText(-margin, scale)}? ${failed}.`,
    );
  return steps;
}

function limitSteps({ rule, candidate, limit, interval, evidence, outcome }: GateResult): string[] {
  if (candidate === undefined || limit === undefined) return ["There is no value to hold against the limit."];
  const value = numberText(candidate);
  const asked =
    rule === "min"
      ? `${value} ≥ ${numberText(limit)}`
      : rule === "max"
        ? `${value} ≤ ${numberText(limit)}`
        : `${value} within ${numberText(limit)} of the target`;
  if (evidence !== "bound") return [`The limit is inclusive: ${asked}? ${yes(outcome === "pass")}.`];
  if (interval === undefined)
    return [
      "The gate asks for proof (evidence: bound), and no uncertainty is known: nothing can pass.",
      `The value itself: ${asked}? ${yes(outcome !== "fail")}.`,
    ];
  const spread = `${numberText(interval.low)} to ${numberText(interval.high)}`;
  const steps = [
    `Pass asks that the whole interval ${spread} keeps the limit ${numberText(limit)}: ${yes(outcome === "pass")}.`,
  ];
  if (outcome !== "pass") steps.push(`Fail asks that the whole interval breaks it: ${yes(outcome === "fail")}.`);
  return steps;
}

function historySteps({ band, candidate, outcome }: GateResult): string[] {
  if (band === undefined || candidate === undefined) return ["There are too few accepted runs, so nothing was judged."];
  const low = band.low === undefined ? "" : `${numberText(band.low)} ≤ `;
  const high = band.high === undefined ? "" : ` ≤ ${numberText(band.high)}`;
  return [
    `The band is made of the last ${band.runs} accepted runs of the base branch that have the metric.`,
    `Pass asks that the value lies inside: ${low}${numberText(candidate)}${high}? ${yes(outcome === "pass")}.`,
  ];
}

function fairnessSteps({ groups, candidate, limit, interval, adjustedP, outcome }: GateResult): string[] {
  if (groups === undefined || candidate === undefined || limit === undefined || interval === undefined)
    return ["The groups could not be compared."];
  const ratio = groups.measure === "ratio";
  const pair = groups.worst?.join(" and ") ?? "";
  const excluded = groups.excluded.length === 0 ? "" : `; ${groups.excluded.length} are left out`;
  const steps = [
    `${groups.values.length} groups of ${groups.by} are judged${excluded}. The pair that decides is ${pair}.`,
    `Pass asks that the interval of every gap keeps the limit, here ${numberText(interval.low)} to ${numberText(interval.high)} against ${numberText(limit)}: ${yes(outcome === "pass")}.`,
  ];
  if (outcome === "pass") return steps;
  const beyond = ratio ? candidate < limit : candidate > limit;
  steps.push(
    `Fail asks that a gap breaks the limit: ${numberText(candidate)} ${ratio ? "<" : ">"} ${numberText(limit)}? ${yes(beyond)}.`,
  );
  if (beyond)
    steps.push(
      `And that it is real among all pairs: Holm's p ${numberText(adjustedP ?? 1)} ≤ ${numberText(1 - interval.level)}? ${yes(outcome === "fail")}.`,
    );
  if (outcome === "inconclusive") steps.push("Neither holds, so it is open.");
  return steps;
}
