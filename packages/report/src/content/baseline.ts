import type { Verdict } from "@metricgate/core/documents/verdict";
import { count, fixed, plural } from "../format/number.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { named, type Piece, type Sentence, said, strong, words } from "./piece.ts";

function baselineParts(verdict: Verdict, view: ReportView): Sentence {
  const { baseline, baselineMissing } = verdict;
  const lead = [strong("Baseline:"), words(" ")];
  if (baseline === undefined) {
    return [...lead, words("none. "), ...(baselineMissing === undefined ? [] : [said(baselineMissing.text)])];
  }
  const at: Piece[] = baseline.sha === undefined ? [] : [words(" at "), { kind: "commit", sha: baseline.sha }];
  const behind =
    baseline.behind === undefined || baseline.behind === 0 ? "" : `, ${plural(baseline.behind, "commit")} behind`;
  const age =
    baseline.ageDays === undefined
      ? ""
      : `, ${fixed(baseline.ageDays, 0)} ${Math.round(baseline.ageDays) === 1 ? "day" : "days"} old`;
  const branch = baseline.from === "base" || baseline.from === "ancestor" || baseline.from === "latest";
  const what: Piece[] = branch && view.baseBranch !== undefined ? [named(view.baseBranch)] : [named(baseline.from)];
  const how = branch && baseline.from !== "base" ? [words(", found as "), named(baseline.from)] : [];
  const stale = baseline.stale === true ? [words(" "), strong("⚠️ older than the policy allows")] : [];
  return [...lead, ...what, ...at, ...how, words(`${age}${behind}`), ...stale];
}

function evalSetParts(model: ModelReport, verdict: Verdict): Sentence {
  const mine = verdict.candidate.evalSet ?? model.candidate?.evalSet;
  const theirs = model.baseline?.evalSet;
  const id: Piece[] = mine?.id === undefined ? [] : [named(mine.id), words(", ")];
  const rows = mine?.rows === undefined ? "" : `, n = ${count(mine.rows)}`;
  const lead = [strong("Eval set:"), words(" "), ...id];
  if (verdict.baseline === undefined)
    return [...lead, words(`${mine?.digest === undefined ? "no digest" : "first seen"}${rows}`)];
  if (verdict.counts.incomparable > 0 && theirs?.digest === mine?.digest)
    return [...lead, strong("❗ not comparable"), words(rows)];
  if (theirs?.digest === undefined || mine?.digest === undefined)
    return [...lead, words(`identity not known in both runs${rows}`)];
  return theirs.digest === mine.digest
    ? [...lead, words(`same bytes in both runs${rows}`)]
    : [...lead, strong("❗ other bytes than the baseline's"), words(rows)];
}

function testParts(verdict: Verdict): Sentence {
  const methods = [
    ...new Set(verdict.gates.map((gate) => gate.interval?.method).filter((method) => method !== undefined)),
  ].sort();
  const levels = [...new Set(verdict.gates.map((gate) => gate.interval?.level).filter((level) => level !== undefined))];
  const [level] = levels;
  if (methods.length === 0 || level === undefined)
    return [strong("Test:"), words(" point values, no uncertainty given")];
  const names = methods
    .slice(0, 3)
    .flatMap((method, i): Piece[] => [words(i === 0 ? " " : ", "), said(method.replaceAll("-", " "))]);
  const sure = levels.length === 1 ? `, ${Math.round(level * 1000) / 10} % interval` : "";
  return [strong("Test:"), ...names, words(sure)];
}

/** What was compared with what, on which data, by which test: three parts, each complete. */
export function baselineParagraph(model: ModelReport, view: ReportView): Sentence[] {
  const { verdict } = model;
  if (verdict === undefined) return [];
  const parts = [baselineParts(verdict, view), evalSetParts(model, verdict)];
  return verdict.gates.some((gate) => gate.change !== undefined) ? [...parts, testParts(verdict)] : parts;
}

/** What a reader must know about the policy before trusting the verdict; nothing when it is the base's own, unchanged. */
export function policyRemarks(verdict: Verdict): Sentence[] {
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
