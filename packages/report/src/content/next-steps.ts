import { artifactName } from "@metricgate/core/documents/artifact-name";
import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import { count, plural } from "../format/number.ts";
import { modelState } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { changedCases } from "./changed-cases.ts";
import { tableGates } from "./order.ts";
import { joined, named, type Piece, type Sentence, said, strong, words } from "./piece.ts";
import { sliceName } from "./slice-name.ts";
import { startPolicy } from "./start-policy.ts";

/** The command that computes the same verdict from the downloaded documents. */
export const reproduce = "npx metricgate gate --from DIR";

/** What these say is said once, and better, by the steps that every failure has or by the step with the rows. */
const plainLosses = new Set(["worse-than-margin", "below-min", "above-max", "no-improvement"]);

/** Beside what failed there may stand a reason that asks for nothing, such as why the numbers of this attempt are good. */
export function isIdle(next: string): boolean {
  return next.startsWith("Nothing to do");
}

/** `a`, `b` and 3 more. */
function listed(names: readonly string[]): Sentence {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, 3).map((name): Sentence => [named(name)]);
  const more = distinct.length > 3 ? [words(` and ${count(distinct.length - 3)} more`)] : [];
  return [...joined(shown, ", "), ...more];
}

/** What a step calls a result: its metric, and its slice. */
function nameOf(gate: GateResult): string {
  return gate.slice === undefined ? gate.metric : `${gate.metric} ${sliceName(gate.slice)}`;
}

/** Reasons that say how a verdict could be surer, and not what is wrong: they come after what failed. */
const advice = new Set(["no-uncertainty", "waived"]);

/** What failed by its numbers, by name: mending it is the first thing to do. */
function losses(verdict: Verdict): Sentence[] {
  const failed = tableGates(verdict).filter(
    ({ verdict: found, outcome, reasons }) =>
      found === "fail" && outcome === "fail" && reasons.some(({ code }) => plainLosses.has(code)),
  );
  if (failed.length === 0) return [];
  return [[words("Mend "), ...listed(failed.map(nameOf)), words(" and push: it is judged again.")]];
}

/** The next steps of the reasons, of what failed before what is warned of, and advice last. */
function causes(verdict: Verdict): Sentence[] {
  const found = new Map<string, { names: string[]; advice: boolean }>();
  for (const gate of tableGates(verdict)) {
    if (gate.verdict === "pass") continue;
    for (const { code, next } of gate.reasons) {
      if (
        next === "" ||
        isIdle(next) ||
        plainLosses.has(code) ||
        (code === "too-uncertain" && gate.rowsNeeded !== undefined)
      )
        continue;
      const step = found.get(next) ?? { names: [], advice: advice.has(code) };
      if (gate.rule !== "baseline") step.names.push(nameOf(gate));
      found.set(next, step);
    }
  }
  return [...found]
    .toSorted(([, a], [, b]) => Number(a.advice) - Number(b.advice))
    .slice(0, 3)
    .map(([next, { names }]): Sentence => [...(names.length === 0 ? [] : [...listed(names), words(": ")]), said(next)]);
}

/** The rows that would settle what is inconclusive: the gate that needs most by name, and how many need fewer. */
function rowsNeeded(verdict: Verdict): Sentence[] {
  const open = verdict.gates
    .filter((gate) => gate.outcome === "inconclusive" && gate.verdict !== "pass" && gate.rowsNeeded !== undefined)
    .toSorted((a, b) => (b.rowsNeeded ?? 0) - (a.rowsNeeded ?? 0));
  const [most] = open;
  if (most === undefined) return [];
  const have = most.counted?.n ?? most.n;
  const now = have === undefined ? "" : ` (now ${count(have)})`;
  const others = open.length - 1;
  const rest =
    others === 0 ? "." : `; ${plural(others, "other open gate")} ${others === 1 ? "needs" : "need"} no more.`;
  return [
    [
      words("Measure on about "),
      strong(`${count(most.rowsNeeded ?? 0)} ${most.counted?.of ?? "rows"}`),
      words(`${now} to settle `),
      named(nameOf(most)),
      words(rest),
    ],
  ];
}

/** Where to look first: the rows that only the baseline got right. */
function lostRows(model: ModelReport): Sentence[] {
  const lost = changedCases(model)?.lost;
  if (lost === undefined || lost.rows.length === 0) return [];
  const { concentrated } = lost;
  const where: Sentence =
    concentrated === undefined
      ? []
      : [words(`, ${count(concentrated.cases)} of them in `), named(`${concentrated.column}=${concentrated.value}`)];
  return [
    [
      words("Look at the "),
      strong(plural(lost.rows.length, "row")),
      words(" that only the baseline got right"),
      ...where,
      words(" (Cases)."),
    ],
  ];
}

/** The attempt is a part of the artifact's name, and the evaluation tells it. */
function artifactOf({ model, candidate }: ModelReport): Sentence {
  const attempt = candidate?.run?.attempt;
  return attempt === undefined
    ? []
    : [words("the artifact "), named(artifactName("verdict", model, attempt)), words(" of ")];
}

function reproduction(model: ModelReport, view: ReportView): Sentence {
  if (view.reproduce !== undefined) return [words("To reproduce: run "), named(view.reproduce)];
  const documents: Piece =
    view.links.run === undefined
      ? words("this run's documents")
      : { kind: "link", text: "this run's documents", url: view.links.run };
  // A trusted run keeps its verdict to itself.
  const artifact = view.ownerApproval === undefined && view.links.run !== undefined ? artifactOf(model) : [];
  const rest = [words(" into a folder DIR and run "), named(reproduce)];
  return [words("To reproduce: download "), ...artifact, documents, ...rest];
}

function waiverStep({ policy }: Verdict): Sentence {
  if (policy.path === undefined)
    return [
      words("Is the loss intended? Give the input "),
      named("max-drop"),
      words(" a larger margin, or write a policy ("),
      named(startPolicy),
      words(" begins one), in which a waiver can stand with a reason and an end date."),
    ];
  return [
    words("Is the loss intended? An owner of "),
    named(policy.path),
    words(" can add a waiver with a reason and an end date."),
  ];
}

/** What to do next about one model, in order; nothing when it passed. */
export function nextSteps(model: ModelReport, view: ReportView): Sentence[] {
  const { verdict } = model;
  switch (modelState(model)) {
    case "crashed":
      return [
        [
          words(
            model.crashed?.tail === undefined ? "Mend what is named above" : "Read the log below and mend the step",
          ),
          ...(view.links.run === undefined
            ? []
            : [
                words("; "),
                { kind: "link", text: "the whole run", url: view.links.run } as const,
                words(" has all logs"),
              ]),
          words("."),
        ],
        [words("Push, or run the job again when the cause lay outside of the code.")],
      ];
    case "fail":
    case "inconclusive":
    case "warn": {
      if (verdict === undefined) return [];
      const waivable = verdict.gates.some((gate) => gate.outcome === "fail" && gate.verdict === "fail");
      return [
        ...losses(verdict),
        ...(waivable ? lostRows(model) : []),
        ...causes(verdict),
        ...rowsNeeded(verdict),
        reproduction(model, view),
        ...(waivable ? [waiverStep(verdict)] : []),
      ];
    }
    case "not-judged":
      return [
        [
          words("Add the lines below to "),
          named(verdict?.policy.path ?? ".github/metricgate.yml"),
          words(", or give the input "),
          named("max-drop"),
          words(" (such as "),
          named("0.01"),
          words(" or "),
          named("1%"),
          words(")."),
        ],
      ];
    default:
      return [];
  }
}
