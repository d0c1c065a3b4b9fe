import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { safeUnit } from "../escape/unit.ts";
import { decimalsFor } from "../format/decimals.ts";
import { gateNumbers } from "../format/gate-numbers.ts";
import { count, fixed, plural } from "../format/number.ts";
import { modelState } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { gateSentence } from "./gate-sentence.ts";
import { lossBound } from "./loss-bound.ts";
import { tableGates } from "./order.ts";
import { statusWaits } from "./owner-approval.ts";
import { joined, named, type Piece, type Sentence, said, strong, words } from "./piece.ts";
import { changed, gainSign, isReal } from "./result-word.ts";
import { sliceName } from "./slice-name.ts";

/** `{more|fewer}` resolved by the sign of the change: the first for more, the second for less, neither for none. */
function spoken(say: string, sign: number): string {
  return say
    .replace(/\{([^{}|]*)\|([^{}|]*)\}/g, sign === 0 ? "" : sign > 0 ? "$1" : "$2")
    .replace(/\s+/g, " ")
    .trim();
}

/** The headline in human units: `32 fewer frauds caught (848 of 1,204, was 880).` Shares with n are counted, other numbers subtracted. */
function headline(verdict: Verdict): Sentence | undefined {
  const told = verdict.headline;
  if (told?.baseline === undefined || told.candidate === undefined) return undefined;
  const { baseline, candidate, n } = told;
  const counts = n !== undefined && [baseline, candidate].every((value) => value >= 0 && value <= 1);
  // A change that counts round away is told by the numbers themselves.
  const share = counts && (baseline === candidate || Math.round(baseline * n) !== Math.round(candidate * n));
  const gate = verdict.gates.find((g) => g.metric === told.metric && g.slice === undefined && g.change !== undefined);
  const was = share ? Math.round(baseline * n) : baseline;
  const is = share ? Math.round(candidate * n) : candidate;
  const change = is - was;
  const decimals = share ? 0 : decimalsFor({ values: [was, is], change, ordered: [], exact: [] });
  const unit = share ? "" : safeUnit(gate?.unit);
  const size = `${fixed(Math.abs(change), decimals)}${unit === "" ? "" : ` ${unit}`}`;
  const numbers = share
    ? `(${count(is)} of ${count(n)}, was ${count(was)})`
    : `(${fixed(is, decimals)}, was ${fixed(was, decimals)})`;
  const lead: Sentence = change === 0 ? [strong("No change"), words(" in ")] : [strong(size), words(" ")];
  const noise: Piece[] =
    gate?.interval === undefined || change === 0
      ? []
      : [words(isReal(gate) ? " This is more than noise." : " This is within noise.")];
  return [...lead, said(spoken(told.say, Math.sign(change))), words(` ${numbers}.`), ...noise];
}

/** ` ms` beside a change that has no unit of its own. */
function unitOf({ scale, unit }: GateResult): string {
  const plain = safeUnit(unit);
  return scale === "relative" || plain === "" || plain === "%" ? "" : ` ${plain}`;
}

/** What became better for real: at most three metrics by name, with what they gained when that is the news. */
function better(verdict: Verdict, sizes: boolean): Sentence | undefined {
  const gains = tableGates(verdict).filter((gate) => gate.verdict === "pass" && changed(gate) && gainSign(gate) > 0);
  if (gains.length === 0) return undefined;
  const each = [...new Map(gains.map((gate) => [gate.metric, gate])).values()];
  const shown = each.slice(0, 3).map((gate): Sentence => {
    const { change } = gateNumbers(gate);
    return [
      named(gate.metric),
      ...(sizes && change !== "" ? [words(` by ${change.replace(/^[+−±]/, "")}${unitOf(gate)}`)] : []),
    ];
  });
  const more = each.length > 3 ? ` and ${each.length - 3} more` : "";
  return [words("Better: "), ...joined(shown, ", "), words(`${more}.`)];
}

/** The metrics of the other gates that failed, at most three by name. */
function alsoFailed(verdict: Verdict, worst: GateResult): Sentence | undefined {
  const others = tableGates(verdict).filter((gate) => gate.verdict === "fail" && gate.metric !== worst.metric);
  const names = [...new Set(others.map(({ metric }) => metric))];
  if (worst.verdict !== "fail" || names.length === 0) return undefined;
  const shown = names.slice(0, 3).map((name): Sentence => [named(name)]);
  return [
    words("Also failed: "),
    ...joined(shown, ", "),
    words(names.length > 3 ? ` and ${names.length - 3} more.` : "."),
  ];
}

function worstSlice(verdict: Verdict, metric: string, withName: boolean): Sentence | undefined {
  const failed = tableGates(verdict).filter(
    (gate) => gate.verdict === "fail" && gate.metric === metric && gate.slice !== undefined,
  );
  const [worst] = failed.toSorted((a, b) => lossBound(b) - lossBound(a));
  if (worst?.slice === undefined) return undefined;
  const { change, baseline, candidate } = gateNumbers(worst);
  const size = change === "" ? "" : `: ${change} (${baseline} → ${candidate})`;
  const what: Sentence = withName && size !== "" ? [words(": "), named(metric), words(size.slice(1))] : [words(size)];
  return [words("Worst in "), named(sliceName(worst.slice)), ...what, words(".")];
}

function judgedSentences(verdict: Verdict, view: ReportView): Sentence[] {
  const [worst] = tableGates(verdict);
  const told = headline(verdict);
  const bad = worst !== undefined && worst.verdict !== "pass";
  if (bad) {
    const repeats = told !== undefined && worst.metric === verdict.headline?.metric && worst.outcome === "fail";
    const where =
      worst.slice === undefined ? worstSlice(verdict, worst.metric, told !== undefined && !repeats) : undefined;
    return [
      ...(told === undefined ? [] : [told]),
      ...(repeats ? [] : [gateSentence(verdict, worst)]),
      where,
      alsoFailed(verdict, worst),
      better(verdict, false),
    ].filter((s) => s !== undefined);
  }
  const losses = tableGates(verdict).filter((gate) => gainSign(gate) < 0).length;
  const rest = statusWaits(view) ? "" : ", so there is nothing to do";
  const open = verdict.gates.filter(
    ({ outcome, severity }) => outcome === "inconclusive" && severity !== "info",
  ).length;
  const calm =
    open > 0
      ? `${plural(open, "result is", "results are")} inconclusive, which the policy lets pass${rest}.`
      : losses === 0
        ? `Nothing got worse beyond what is allowed${rest}.`
        : `${plural(losses, "metric")} got worse within what is allowed${rest}.`;
  // What is more than noise comes first.
  return [better(verdict, true), [words(calm)], told].filter((s) => s !== undefined);
}

/** What a reviewer must know about one model, in one or two sentences. */
export function modelSentence(model: ModelReport, view: ReportView): Sentence {
  const { verdict, crashed } = model;
  const branch: Piece[] = view.baseBranch === undefined ? [] : [words(" on "), named(view.baseBranch)];
  switch (modelState(model)) {
    case "crashed": {
      const cause =
        crashed === undefined
          ? [words("No documents arrived.")]
          : [words("The step "), named(crashed.step), words(" stopped: "), said(crashed.text)];
      return [
        ...cause,
        words(" "),
        strong("Nothing was compared, so this says nothing about the model."),
        words(" It is neither better nor worse until the step runs to its end."),
      ];
    }
    case "first-run": {
      const floors = (verdict?.gates ?? []).filter((gate) => gate.outcome === "pass").length;
      const kept = view.recorded === true ? "This is now the baseline." : "This becomes the baseline when merged.";
      return [
        strong(kept),
        words(" Nothing is known yet about this model"),
        ...branch,
        words(floors === 0 ? "." : `; ${plural(floors, "gate")} that can be judged without a baseline passed.`),
      ];
    }
    case "not-judged":
      return [
        strong("Everything is shown and nothing was judged,"),
        words(" because no gate applies: neither a policy nor a margin by "),
        named("max-drop"),
        words(" is in force for it."),
      ];
    default:
      return verdict === undefined ? [] : joined(judgedSentences(verdict, view), " ");
  }
}
