import type { GateResult } from "@metricgate/core/documents/verdict";
import { lossBound } from "../content/loss-bound.ts";
import { named, type Sentence, strong, words } from "../content/piece.ts";
import { failedBefore, gainSign } from "../content/result-word.ts";
import { sliceName } from "../content/slice-name.ts";
import { count, plural } from "../format/number.ts";
import { changeOf } from "./change-of.ts";
import type { Question } from "./questions.ts";

/** Found to be worse than is allowed, by its own numbers. */
function isWorse(gate: GateResult): boolean {
  return gate.outcome === "fail" && !failedBefore(gate) && gainSign(gate) <= 0;
}

/** `, most in country=BR: pr_auc −0.090 …`: the largest loss of the metric that lost the most margins, which is the first one's. */
function worstOf(gates: readonly GateResult[], lead: string): Sentence {
  const [first] = gates;
  const alike = gates.filter(({ metric, scale }) => metric === first?.metric && scale === first.scale);
  const [worst] = alike.toSorted((a, b) => lossBound(b) - lossBound(a));
  if (worst?.slice === undefined) return [];
  return [words(`${lead} `), named(sliceName(worst.slice)), words(": "), ...changeOf(worst)];
}

/** Whether any group got worse: what was lost beyond what is allowed, what is waived, and what nobody knows, each counted apart. `slices` are worst first. */
export function sliceQuestion(slices: readonly GateResult[]): Question | undefined {
  const question = "Did any group get worse?";
  const seen = slices.filter(({ outcome }) => outcome !== "skipped");
  if (seen.length === 0) return undefined;
  const of = plural(seen.length, "slice result");
  const worse = seen.filter((gate) => isWorse(gate) && gate.waiver === undefined);
  const waived = seen.filter((gate) => isWorse(gate) && gate.waiver !== undefined);
  const open = seen.filter(({ outcome }) => outcome === "inconclusive");
  const lacking = seen.filter(({ outcome }) => outcome === "missing");
  const others = seen.filter(
    (gate) => gate.verdict !== "pass" && ![worse, waived, open, lacking].some((group) => group.includes(gate)),
  );
  const counted = (gates: readonly GateResult[], what: string): string =>
    gates.length === 0 ? "" : ` ${count(gates.length)} ${what}.`;
  const rest = [
    worse.length === 0 ? "" : counted(waived, "more waived"),
    counted(open, "not decided"),
    counted(lacking, "missing"),
    counted(others, "did not get through for another reason"),
  ].join("");
  const mark = seen.some(({ verdict }) => verdict === "fail") ? "❌" : "⚠️";
  const tell = (lead: Sentence, gates: readonly GateResult[], how: string): Question => ({
    mark,
    question,
    answer: [...lead, ...worstOf(gates, how), words(`.${rest}`)],
  });
  if (worse.length > 0)
    return tell(
      [strong("Yes:"), words(` ${count(worse.length)} of ${of} beyond what is allowed`)],
      worse,
      ", the worst",
    );
  if (waived.length > 0)
    return tell([strong("Yes, waived:"), words(` ${count(waived.length)} of ${of}`)], waived, ", the worst");
  if (open.length > 0)
    return tell(
      [strong("Not known:"), words(` of ${of} none is proven worse than allowed`)],
      open,
      "; the least certain is",
    );
  if (rest !== "") return { mark, question, answer: [strong("Not known:"), words(` ${of}.${rest}`)] };
  return { mark: "✅", question, answer: [strong("No."), words(` ${of}, all within what is allowed.`)] };
}
