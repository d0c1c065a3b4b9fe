import type { GateResult, Verdict } from "../../documents/verdict.ts";
import { amountText, numberText, percentText } from "../number-text.ts";
import { methodSources } from "./method-sources.ts";
import { stepsOf } from "./steps.ts";

/**
 * Why one gate found what it found: its numbers, the method with its source, and the decision step by step, as lines of plain text.
 * Everything comes from the documents; nothing is measured again.
 */
export function whyText(result: GateResult, verdict: Verdict): string {
  const lines = [`${result.id}: ${result.outcome}, so ${result.verdict}`, ...numbersOf(result), ...methodOf(result)];
  const steps = [...stepsOf(result), ...consequences(result, verdict)];
  lines.push("  step by step", ...steps.map((step, index) => `    ${index + 1}. ${step}`));
  for (const { code, text, next } of result.reasons) lines.push(`  ${code}: ${text}`, `    next: ${next}`);
  return `${lines.join("\n")}\n`;
}

function numbersOf(result: GateResult): string[] {
  const {
    baseline,
    candidate,
    change,
    scale = "absolute",
    interval,
    margin,
    limit,
    n,
    p,
    adjustedP,
    counted,
    rowsNeeded,
    band,
  } = result;
  const rows: [string, string | undefined][] = [
    ["gate", result.gate],
    ["rule", `${result.rule}${result.against === undefined ? "" : ", against the anchor"}`],
    ["direction", result.direction],
    ["baseline", shown(baseline)],
    [result.rule === "fairness" ? "widest gap" : "candidate", shown(candidate)],
    ["change", change === undefined ? undefined : amountText(change, scale, true)],
    [
      interval === undefined ? "interval" : `${percentText(interval.level)} interval`,
      interval && `${amountText(interval.low, scale)} to ${amountText(interval.high, scale)}`,
    ],
    ["margin", margin === undefined ? undefined : amountText(margin, scale)],
    ["warn-margin", result.warnMargin === undefined ? undefined : amountText(result.warnMargin, scale)],
    ["limit", shown(limit)],
    ["band", band && `${shown(band.low) ?? "any"} to ${shown(band.high) ?? "any"} from ${band.runs} runs`],
    ["evidence", result.evidence],
    ["rows", shown(n)],
    ["p", shown(p)],
    ["adjusted p", shown(adjustedP)],
    [
      "rows needed",
      rowsNeeded === undefined
        ? undefined
        : `${rowsNeeded}${counted === undefined ? "" : ` ${counted.of} (now ${counted.n})`}, to settle it with power 0.8`,
    ],
    ["P(A > B)", shown(result.pSuperior)],
  ];
  const given = rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const groups = (result.groups?.values ?? []).map(
    ({ group, value, n: size }) => `    ${result.groups?.by}=${group}: ${numberText(value)} in ${size} rows`,
  );
  return [...given.map(([name, value]) => `  ${name.padEnd(13)} ${value}`), ...groups];
}

function shown(value: number | undefined): string | undefined {
  return value === undefined ? undefined : numberText(value);
}

function methodOf({ interval, band }: GateResult): string[] {
  const method = interval?.method ?? band?.method;
  if (method === undefined) return [];
  return methodSources(method).map(({ what, source }) => `  method        ${what} (${source})`);
}

/** From the outcome to the verdict of the model. */
function consequences(result: GateResult, { verdict, model, gates }: Verdict): string[] {
  const { outcome, severity, waiver } = result;
  const steps = [`The outcome is ${outcome}.`];
  const warned = result.reasons.some(({ code }) => code === "beyond-warn-margin");
  if (warned) steps.push("The loss breaks the warn-margin and is real, so the result warns at least.");
  if (severity !== "error")
    steps.push(severity === "warn" ? "Severity warn: a fail only warns." : "Severity info: it is shown only.");
  if (waiver !== undefined) steps.push(`Waived by ${waiver.by} until ${waiver.until} (${waiver.reason}): it warns.`);
  if (result.reasons.some(({ code }) => code === "earlier-attempt"))
    steps.push("An earlier attempt on the same commit failed, and the worst of the attempts counts.");
  steps.push(`The result counts as ${result.verdict} under the policy.`);
  const as = gates.filter((gate) => gate.verdict === verdict).length;
  steps.push(`The verdict of ${model} is ${verdict ?? "none"}, the worst of ${gates.length} results (${as} of them).`);
  return steps;
}
