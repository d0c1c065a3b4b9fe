import type { Verdict } from "@metricgate/core/documents/verdict";
import { count } from "../format/number.ts";
import { modelState } from "../state.ts";
import type { ModelReport, ReportView } from "../view.ts";
import { tableGates } from "./order.ts";
import { named, type Piece, type Sentence, said, strong, words } from "./piece.ts";

/** The command that computes the same verdict from the downloaded documents. */
export const reproduce = "npx metricgate gate --from DIR";

/** What these say is said once, and better, by the steps that every failure has. */
const plainLosses = new Set(["worse-than-margin", "below-min", "above-max", "no-improvement"]);

function causes(verdict: Verdict): Sentence[] {
  const texts = new Map<string, number>();
  for (const gate of tableGates(verdict)) {
    if (gate.verdict === "pass") continue;
    // The rows that would settle what is open are said once, for all gates.
    const settled = gate.rowsNeeded === undefined ? "" : "too-uncertain";
    for (const reason of gate.reasons)
      if (reason.next !== "" && reason.code !== settled && !plainLosses.has(reason.code))
        texts.set(reason.next, (texts.get(reason.next) ?? 0) + 1);
  }
  return [...texts.keys()].slice(0, 3).map((text): Sentence => [said(text)]);
}

function rowsNeeded(verdict: Verdict): Sentence[] {
  const open = verdict.gates.filter((gate) => gate.outcome === "inconclusive" && gate.rowsNeeded !== undefined);
  const most = open.reduce((top, gate) => Math.max(top, gate.rowsNeeded ?? 0), 0);
  const have = open.find((gate) => gate.rowsNeeded === most)?.n;
  if (most === 0) return [];
  return [
    [
      words("Measure on about "),
      strong(`${count(most)} rows`),
      words(`${have === undefined ? "" : ` (now ${count(have)})`} to settle what is inconclusive.`),
    ],
  ];
}

function reproduction(view: ReportView): Sentence {
  const documents: Piece =
    view.links.run === undefined
      ? words("this run's documents")
      : { kind: "link", text: "this run's documents", url: view.links.run };
  return [words("To reproduce: download "), documents, words(" into a folder DIR and run "), named(reproduce)];
}

function waiverStep(verdict: Verdict): Sentence {
  const owner: Piece[] = verdict.policy.path === undefined ? [words("the policy")] : [named(verdict.policy.path)];
  return [
    words("Is the loss intended? An owner of "),
    ...owner,
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
          words("Read the log below"),
          ...(view.links.run === undefined
            ? []
            : [words(" or "), { kind: "link", text: "the whole run", url: view.links.run } as const]),
          words(" and mend the step."),
        ],
        [words("Push, or run the job again when the cause lay outside of the code.")],
      ];
    case "fail":
    case "inconclusive":
    case "warn": {
      if (verdict === undefined) return [];
      const waivable = verdict.gates.some((gate) => gate.outcome === "fail" && gate.verdict === "fail");
      return [
        ...(waivable ? [[words("Push a fix, and it is judged again.")]] : []),
        ...rowsNeeded(verdict),
        ...causes(verdict),
        reproduction(view),
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
