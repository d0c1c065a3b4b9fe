import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { gateSentence } from "../content/gate-sentence.ts";
import { judged, tableGates, worstFirst } from "../content/order.ts";
import { joined, named, type Sentence, said, strong, words } from "../content/piece.ts";
import { changed, gainSign, isReal } from "../content/result-word.ts";
import { gateNumbers } from "../format/gate-numbers.ts";
import { count, plural } from "../format/number.ts";
import type { ApprovalView } from "./approval-view.ts";
import { changeOf } from "./change-of.ts";
import { isResource } from "./resource-metric.ts";
import { sliceQuestion } from "./slice-question.ts";

/** What somebody who approves wants to know, and what the documents say. `❌` speaks against it, `⚠️` is to be accepted. */
export interface Question {
  mark: "✅" | "⚠️" | "❌" | "➖";
  question: string;
  answer: Sentence;
}

/** The results that hold the candidate against what is live; none where the verdict did not. */
export function againstLive({ live, model }: ApprovalView): GateResult[] {
  if (live.known !== "compared" || model.verdict === undefined) return [];
  const gates = worstFirst(model.verdict);
  return live.side === "anchor"
    ? gates.filter(({ against }) => against === "anchor")
    : gates.filter(({ against }) => against === undefined);
}

/** The questions in the order of their weight. */
export function questionsOf(view: ApprovalView): Question[] {
  const { verdict } = view.model;
  if (verdict === undefined) return [];
  return [
    better(view),
    passed(verdict),
    slices(view),
    waived(verdict),
    resources(view),
    sameData(view),
    exactFile(verdict),
  ].filter((one) => one !== undefined);
}

function better(view: ApprovalView): Question {
  const question = "Is it better than what is live now?";
  const { live, environment } = view;
  if (live.known === "none")
    return { mark: "➖", question, answer: [words("Nothing is live in "), named(environment), words(" yet.")] };
  if (live.known === "unknown") return { mark: "⚠️", question, answer: [words("Not known: "), said(live.why)] };
  if (live.known === "not-compared") {
    const from = view.model.verdict?.baseline?.from;
    const against: Sentence =
      from === undefined
        ? [words("Not known: there was no baseline, so it was not compared with what is live. ")]
        : [words("Not known: the verdict compares with "), named(from), words(", not with what is live. ")];
    return {
      mark: "⚠️",
      question,
      answer: [...against, named(`anchor: deployed:${environment}`), words(" in the policy compares with it too.")],
    };
  }
  return gainsAndLosses(question, againstLive(view));
}

function gainsAndLosses(question: string, results: readonly GateResult[]): Question {
  const whole = results.filter((gate) => gate.slice === undefined && gate.change !== undefined);
  if (whole.length === 0)
    return { mark: "⚠️", question, answer: [words("No metric has a change against what is live.")] };
  const lost = whole.filter((gate) => gainSign(gate) < 0 && isReal(gate));
  const waivedLosses = lost.filter(({ waiver, outcome }) => outcome !== "pass" && waiver !== undefined);
  const beyond = lost.filter(({ waiver, outcome }) => outcome !== "pass" && waiver === undefined);
  const allowed = lost.filter(({ outcome }) => outcome === "pass");
  const gains = whole.filter((gate) => gainSign(gate) > 0 && changed(gate));
  const rest = (told: readonly GateResult[]): Sentence => [
    ...joined(told.slice(0, 3).map(changeOf), "; "),
    words(told.length > 3 ? `; and ${count(told.length - 3)} more.` : "."),
  ];
  const also = (lead: string, told: readonly GateResult[]): Sentence =>
    told.length === 0 ? [] : [words(` ${lead}: `), ...rest(told)];
  if (beyond.length > 0) {
    const but = gains.length > 0 ? ` Better in ${plural(gains.length, "result")}.` : "";
    return { mark: "❌", question, answer: [strong("No, worse:"), words(" "), ...rest(beyond), words(but)] };
  }
  const losses = [...also("Worse and waived", waivedLosses), ...also("Worse within what is allowed", allowed)];
  if (gains.length > 0)
    return { mark: "✅", question, answer: [strong("Yes:"), words(" "), ...rest(gains), ...losses] };
  if (losses.length > 0) return { mark: "⚠️", question, answer: [strong("No."), ...losses] };
  return { mark: "➖", question, answer: [words(`No real change in ${plural(whole.length, "result")}.`)] };
}

function passed(verdict: Verdict): Question {
  const question = "Did it pass its gates?";
  const all = judged(verdict);
  const of = plural(all.length, "gate");
  const failed = all.filter((gate) => gate.verdict === "fail");
  const warned = all.filter((gate) => gate.verdict === "warn" && gate.waiver === undefined);
  if (verdict.verdict === undefined)
    return { mark: "❌", question, answer: [words("Nothing was judged, so nothing can be deployed.")] };
  const [worst] = tableGates(verdict).filter((gate) => gate.verdict !== "pass" && gate.waiver === undefined);
  const first: Sentence = worst === undefined ? [] : [words(" First: "), ...gateSentence(verdict, worst)];
  if (failed.length > 0)
    return { mark: "❌", question, answer: [strong("No."), words(` ${failed.length} of ${of} failed.`), ...first] };
  if (warned.length > 0)
    return {
      mark: "⚠️",
      question,
      answer: [words(`Yes, with ${plural(warned.length, "warning")} among ${of}.`), ...first],
    };
  const good = all.filter((gate) => gate.verdict === "pass").length;
  const waivers = all.length - good;
  const but = waivers === 0 ? "" : `, ${count(waivers)} ${waivers === 1 ? "is" : "are"} waived`;
  return { mark: "✅", question, answer: [strong("Yes."), words(` ${count(good)} of ${of} passed${but}.`)] };
}

function slices(view: ApprovalView): Question | undefined {
  const { verdict } = view.model;
  const compared = againstLive(view).filter((gate) => gate.slice !== undefined);
  const all = verdict === undefined ? [] : worstFirst(verdict).filter((gate) => gate.slice !== undefined);
  return sliceQuestion(compared.length > 0 ? compared : all);
}

function waived(verdict: Verdict): Question {
  const question = "Is anything waived?";
  const all = verdict.gates.filter((gate) => gate.waiver !== undefined);
  if (all.length === 0) return { mark: "✅", question, answer: [words("No.")] };
  const told = all.slice(0, 3).map((gate): Sentence => {
    const { reason = "", by = "", until = "" } = gate.waiver ?? {};
    return [...changeOf(gate), words(": “"), said(reason), words("”, "), named(by), words(", ends "), said(until)];
  });
  const more = all.length > 3 ? `; and ${count(all.length - 3)} more` : "";
  return {
    mark: "⚠️",
    question,
    answer: [words(`${count(all.length)}: `), ...joined(told, "; "), words(`${more}.`)],
  };
}

function resources(view: ApprovalView): Question | undefined {
  const all = view.live.known === "compared" ? againstLive(view) : (view.model.verdict?.gates ?? []);
  const told = all.filter((gate) => gate.slice === undefined && gate.candidate !== undefined && isResource(gate));
  const distinct = told.filter((gate, at) => told.findIndex(({ metric }) => metric === gate.metric) === at);
  if (distinct.length === 0) return undefined;
  const bad = distinct.some((gate) => gate.verdict === "fail");
  const mark = bad ? "❌" : distinct.some((gate) => gate.verdict === "warn") ? "⚠️" : "✅";
  const list = distinct.slice(0, 4).map((gate): Sentence => {
    const { baseline, candidate } = gateNumbers(gate);
    const unit = gate.unit === undefined ? [] : [words(" "), said(gate.unit)];
    const was = baseline === "" ? "" : ` (was ${baseline})`;
    return [named(gate.metric), words(` ${candidate}`), ...unit, words(was)];
  });
  return { mark, question: "What about speed, size and cost?", answer: joined(list, " · ") };
}

function sameData(view: ApprovalView): Question | undefined {
  const { model, live } = view;
  const mine = model.verdict?.candidate.evalSet ?? model.candidate?.evalSet;
  if (live.known !== "compared" || live.side !== "baseline" || mine === undefined) return undefined;
  const theirs = model.baseline?.evalSet;
  const question = "Were both measured on the same data?";
  const id: Sentence = mine.id === undefined ? [] : [words(" "), named(mine.id)];
  const rows = mine.rows === undefined ? "" : `, ${plural(mine.rows, "row")}`;
  if (mine.digest === undefined || theirs?.digest === undefined)
    return {
      mark: "⚠️",
      question,
      answer: [words("Not known: the evaluations do not both name a digest of their data."), ...id],
    };
  return mine.digest === theirs.digest
    ? { mark: "✅", question, answer: [strong("Yes:"), words(" the same bytes"), ...id, words(`${rows}.`)] }
    : { mark: "⚠️", question, answer: [strong("No."), words(" The eval set changed"), ...id, words(`${rows}.`)] };
}

function exactFile({ candidate }: Verdict): Question {
  const question = "Is this exact model the one that was tested?";
  if (candidate.model === undefined)
    return {
      mark: "❌",
      question,
      answer: [
        words("Not known: the evaluation names no model digest, and "),
        named("deploy"),
        words(" refuses it. Give "),
        named("path"),
        words(" or "),
        named("model-digest"),
        words(" to "),
        named("evaluate"),
        words("."),
      ],
    };
  return {
    mark: "✅",
    question,
    answer: [
      named(candidate.model),
      words(" was tested; "),
      named("deploy"),
      words(" hashes the files again and refuses any other."),
    ],
  };
}
