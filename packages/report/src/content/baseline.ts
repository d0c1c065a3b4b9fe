import type { BaselineChosen } from "@metricgate/core/documents/selection";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { count, fixed, plural } from "../format/number.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { anchorName } from "./anchor-name.ts";
import { named, type Piece, type Sentence, said, strong, words } from "./piece.ts";
import { failedBefore } from "./result-word.ts";
import { startPolicy } from "./start-policy.ts";

function ageText({ behind = 0, ageDays }: BaselineChosen): string {
  const age = ageDays === undefined ? "" : `, ${fixed(ageDays, 0)} ${Math.round(ageDays) === 1 ? "day" : "days"} old`;
  return `${age}${behind === 0 ? "" : `, ${plural(behind, "commit")} behind`}`;
}

function baselineParts(verdict: Verdict, view: ReportView): Sentence {
  const { baseline, baselineMissing } = verdict;
  const lead = [strong("Baseline:"), words(" ")];
  if (baseline === undefined) {
    return [...lead, words("none. "), ...(baselineMissing === undefined ? [] : [said(baselineMissing.text)])];
  }
  const at: Piece[] = baseline.sha === undefined ? [] : [words(" at "), { kind: "commit", sha: baseline.sha }];
  const branch = baseline.from === "base" || baseline.from === "ancestor" || baseline.from === "latest";
  const what: Piece[] = branch && view.baseBranch !== undefined ? [named(view.baseBranch)] : [named(baseline.from)];
  const how =
    branch && view.baseBranch !== undefined && baseline.from !== "base"
      ? [words(", found as "), named(baseline.from)]
      : [];
  return [...lead, ...what, ...at, ...how, words(ageText(baseline))];
}

function anchorParts(verdict: Verdict): Sentence[] {
  const { anchor } = verdict;
  if (anchor === undefined) return [];
  const at: Piece[] = anchor.sha === undefined ? [] : [words(" at "), { kind: "commit", sha: anchor.sha }];
  return [[strong("Second baseline:"), words(" "), named(anchorName(verdict)), ...at, words(ageText(anchor))]];
}

/** The same, other or not known: by the digests at hand, and else by what the verdict could find. */
function sameness(model: ModelReport, verdict: Verdict): Piece {
  const mine = verdict.candidate.evalSet?.digest ?? model.candidate?.evalSet?.digest;
  const theirs = model.baseline?.evalSet?.digest;
  const codes = new Set([
    ...(verdict.notes ?? []).map(({ code }) => code),
    ...verdict.gates.filter(({ outcome }) => outcome === "missing").map(({ reasons }) => reasons[0]?.code ?? ""),
  ]);
  if (codes.has("eval-set-changed") || (mine !== undefined && theirs !== undefined && mine !== theirs))
    return codes.has("eval-set-accepted")
      ? strong("⚠️ other bytes than the baseline's, admitted once by the policy")
      : strong("❗ other bytes than the baseline's");
  if (codes.has("eval-set-accepted")) return strong("⚠️ other bytes than the baseline's, admitted once by the policy");
  if (codes.has("eval-set-unknown")) return strong("❗ named by one side only");
  if (verdict.counts.incomparable > 0) return strong("❗ not comparable");
  if (model.baseline !== undefined && (mine === undefined) !== (theirs === undefined))
    return strong("❗ named by one side only");
  // Without the baseline's evaluation at hand: a verdict that compared had the same digest on both sides.
  const compared = theirs !== undefined || verdict.gates.some(({ change }) => change !== undefined);
  if (mine !== undefined) return words(compared ? "same bytes in both runs" : "not compared");
  return words("not checked, neither run names a digest");
}

function evalSetParts(model: ModelReport, verdict: Verdict): Sentence {
  const mine = verdict.candidate.evalSet ?? model.candidate?.evalSet;
  const id: Piece[] = mine?.id === undefined ? [] : [named(mine.id), words(", ")];
  const rows = mine?.rows === undefined ? "" : `, n = ${count(mine.rows)}`;
  const lead = [strong("Eval set:"), words(" "), ...id];
  if (verdict.baseline === undefined)
    return [...lead, words(`${mine?.digest === undefined ? "no digest" : "first seen"}${rows}`)];
  return [...lead, sameness(model, verdict), words(rows)];
}

function testParts(verdict: Verdict): Sentence {
  const compared = verdict.gates.filter((gate) => gate.change !== undefined);
  const methods = new Map<string, number>();
  for (const { interval } of compared)
    if (interval !== undefined) methods.set(interval.method, (methods.get(interval.method) ?? 0) + 1);
  const levels = [...new Set(compared.map((gate) => gate.interval?.level).filter((level) => level !== undefined))];
  const [level] = levels;
  if (methods.size === 0 || level === undefined) return [strong("Test:"), words(" point values, no uncertainty given")];
  const often = [...methods].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : a > b ? 1 : 0)).map(([name]) => name);
  const names = often
    .slice(0, 3)
    .flatMap((method, i): Piece[] => [words(i === 0 ? " " : ", "), said(method.replace(/[-+]/g, " "))]);
  const sure = levels.length === 1 ? `, ${Math.round(level * 1000) / 10} % interval` : "";
  const single = (verdict.notes ?? []).some(({ code }) => code === "training-noise");
  return [strong("Test:"), ...names, words(`${sure}${single ? ", training noise not measured" : ""}`)];
}

/** That no policy judged but the default, and how to have rules of one's own. */
function policyParts({ policy }: Verdict): Sentence[] {
  if (policy.maxDropDefault !== true || policy.maxDrop === undefined) return [];
  const used = [
    strong("Policy:"),
    words(" none, so the default "),
    named(`max-drop: ${policy.maxDrop}`),
    words(" judges every metric whose good direction is known; "),
  ];
  return [
    [
      ...used,
      named(startPolicy),
      words(" writes a policy, the input "),
      named("max-drop"),
      words(" sets another margin"),
    ],
  ];
}

/** What was compared with what, on which data, by which test and by whose rules: parts that are each complete. */
export function baselineParagraph(model: ModelReport, view: ReportView): Sentence[] {
  const { verdict } = model;
  if (verdict === undefined) return [];
  const parts = [baselineParts(verdict, view), ...anchorParts(verdict), evalSetParts(model, verdict)];
  const compared = verdict.gates.some((gate) => gate.change !== undefined);
  return [...parts, ...(compared ? [testParts(verdict)] : []), ...policyParts(verdict)];
}

/** What a reader must know before trusting the verdict: an old baseline, earlier attempts, and a policy that is not the base's own, unchanged. */
export function verdictRemarks(verdict: Verdict): Sentence[] {
  return [...staleRemarks(verdict), ...attemptRemarks(verdict), ...policyRemarks(verdict)];
}

function staleRemarks({ baseline }: Verdict): Sentence[] {
  if (baseline?.stale !== true) return [];
  const age = baseline.ageDays === undefined ? "" : `${fixed(baseline.ageDays, 0)} days old, which is `;
  const allowed = baseline.maxAgeDays === undefined ? "" : ` (${plural(baseline.maxAgeDays, "day")})`;
  return [[words(`⚠️ The baseline is ${age}older than the policy allows${allowed}.`)]];
}

function attemptRemarks(verdict: Verdict): Sentence[] {
  const before = verdict.gates.filter(failedBefore).length;
  const ignored = (verdict.notes ?? []).find(({ code }) => code === "earlier-attempt-ignored");
  if (before > 0)
    return [
      [
        words(
          `⚠️ This commit was judged before: ${plural(before, "gate")} failed then and would not now. The worst of the attempts counts.`,
        ),
      ],
    ];
  return ignored === undefined ? [] : [[words("⚠️ This commit was judged before: "), said(ignored.text)]];
}

function policyRemarks(verdict: Verdict): Sentence[] {
  const { policy } = verdict;
  const path: Piece[] = policy.path === undefined ? [words("the policy")] : [named(policy.path)];
  if (policy.advisory)
    return [
      [words("⚠️ Advisory: "), ...path, words(" is proposed by this change itself, so an owner has to agree with it.")],
    ];
  if (policy.changedHere)
    return [
      [
        words("⚠️ This change edits "),
        ...path,
        words("; it was judged by the base's version, and the new one counts after the merge."),
      ],
    ];
  return [];
}
