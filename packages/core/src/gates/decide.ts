import type { Evaluation } from "../documents/evaluation.ts";
import type { Note } from "../documents/fields.ts";
import type { GateResult, Verdict } from "../documents/verdict.ts";
import type { ModelPolicy } from "../policy/schema.ts";
import { anchorDrafts } from "./anchor-drafts.ts";
import { attemptsIgnored, worstOfAttempts } from "./attempts.ts";
import { baselineDraft } from "./baseline-draft.ts";
import { checkBindings } from "./bindings.ts";
import { countsOf } from "./counts.ts";
import type { DecideInput, Side } from "./decide-input.ts";
import type { Draft } from "./draft.ts";
import { type EffectiveGates, effectiveGates } from "./effective-gates.ts";
import { gateResults } from "./gate-results.ts";
import { headlineOf } from "./headline.ts";
import { judgementOf, worst } from "./judgement.ts";
import { leftOutDraft } from "./left-out-draft.ts";
import { measuredNotes } from "./measured-notes.ts";
import { attemptsPooled, pooledAttempts } from "./pooled-attempts.ts";
import { rangeNotes } from "./range-notes.ts";
import { remark } from "./reasons.ts";
import { resultOf } from "./result-of.ts";
import { DEFAULT_CONFIDENCE, scopeOf } from "./scope-of.ts";
import { ungatedMetrics } from "./ungated.ts";
import { applyWaivers } from "./waivers.ts";

interface Results {
  gates: GateResult[];
  notes: Note[];
}

/**
 * The decision about one candidate: every gate's results, what follows from them, and the model's verdict, their worst. The same
 * input gives the same verdict to the byte. `verdict` is absent when there is neither a policy for the model nor `max-drop`.
 * @throws UserError `selection-mismatch` when the documents do not belong together
 */
export function decide(input: DecideInput): Verdict {
  checkBindings(input);
  const { candidate, baseline, selection } = input;
  const mine = candidate.received.document;
  const { baseline: chosen, baselineMissing, anchor, policy: policyFound, notes: selectionNotes } = selection.document;
  const { gates, notes } = withAttempts(input);
  const verdict = worst(gates.map((gate) => gate.verdict));
  const headline = headlineOf(modelPolicy(input)?.headline, candidate, baseline);
  const allNotes = distinct([...(selectionNotes ?? []), ...measuredNotes(input), ...notes]);
  return {
    kind: "metricgate/verdict@1",
    model: mine.model.name,
    ...(verdict === undefined ? {} : { verdict }),
    candidate: candidateOf(candidate),
    selection: selection.digest,
    ...(chosen === undefined ? {} : { baseline: chosen }),
    ...(baselineMissing === undefined ? {} : { baselineMissing }),
    ...(anchor === undefined ? {} : { anchor }),
    policy: policyFound,
    ...(headline === undefined ? {} : { headline }),
    gates,
    ungated: ungatedMetrics(mine.metrics, baseline?.received.document.metrics, gates, earlierNames(input)),
    counts: countsOf(gates),
    ...(allNotes.length === 0 ? {} : { notes: allNotes }),
  };
}

function modelPolicy({ candidate, policy }: DecideInput): ModelPolicy | undefined {
  const models = policy?.models;
  const { name } = candidate.received.document.model;
  return models !== undefined && Object.hasOwn(models, name) ? models[name] : undefined;
}

/** By metric: the earlier names that its gates know. */
function earlierNames(input: DecideInput): Map<string, readonly string[]> {
  const gates = modelPolicy(input)?.gates ?? [];
  return new Map(gates.flatMap(({ metric, was }) => (was === undefined ? [] : [[metric, was] as const])));
}

function withAttempts(input: DecideInput): Results {
  const now = resultsOf(input);
  const others = (input.earlier ?? []).filter((side) => side.received.digest !== input.candidate.received.digest);
  if (others.length === 0) return now;
  if (input.policy?.["on-rerun"] === "latest")
    return { gates: now.gates, notes: [...now.notes, attemptsIgnored(others.length)] };
  const pooled =
    input.policy?.["on-rerun"] === "pool"
      ? pooledAttempts(input.candidate, others, modelPolicy(input)?.confidence ?? DEFAULT_CONFIDENCE)
      : undefined;
  if (pooled !== undefined) {
    const judged = resultsOf({ ...input, candidate: pooled });
    return { gates: judged.gates, notes: [...judged.notes, attemptsPooled(others.length + 1)] };
  }
  const before = others.map((candidate) => resultsOf({ ...input, candidate }).gates);
  return { gates: worstOfAttempts(now.gates, before), notes: now.notes };
}

function resultsOf(input: DecideInput): Results {
  const { candidate, policy, selection } = input;
  const model = modelPolicy(input);
  const gone = withoutItsGates(input);
  if (model === undefined && selection.document.policy.maxDrop === undefined && gone === undefined)
    return { gates: [], notes: [] };
  const scope = scopeOf(input, input.baseline, model);
  const { maxDrop } = selection.document.policy;
  const before = "missing" in scope.baseline ? undefined : scope.baseline.side.metrics;
  const effective = effectiveGates(model, maxDrop, scope.candidate.metrics, before) ?? gone;
  if (effective === undefined) return { gates: [], notes: [] };
  const keys = policy ?? {};
  const found: GateResult[] = [];
  const asked: Note[] = [];
  let fewestRuns = Number.POSITIVE_INFINITY;
  // Each draft becomes a result at once: there may be 100,000.
  for (const gate of effective.gates) {
    const answered = gateResults(gate, scope);
    for (const draft of answered.drafts) found.push(resultOf(draft, judgementOf(draft, keys)));
    for (const note of answered.notes) asked.push(note);
    fewestRuns = Math.min(fewestRuns, answered.fewestRuns);
  }
  const about = baselineDraft(selection.document, found);
  const leftOut = leftOutDraft(scope, found);
  const anchored = anchorDrafts(input, model, effective.gates, found);
  const judged = (draft: Draft) => resultOf(draft, judgementOf(draft, keys));
  const first = [about, leftOut].flatMap((draft) => (draft === undefined ? [] : [judged(draft)]));
  const all = [...first, ...found, ...anchored.drafts.map(judged)];
  const waived = applyWaivers(
    distinctIds(all),
    policy,
    candidate.received.document.model.name,
    candidate.received.document.source.committedAt,
  );
  const compared = "missing" in scope.baseline ? [] : scope.baseline.comparability.notes;
  const single = trainingNoise(candidate, model, fewestRuns);
  const notes = [
    ...effective.notes,
    ...compared,
    ...asked,
    ...single,
    ...anchored.notes,
    ...waived.notes,
    ...rangeNotes(found),
  ];
  return { gates: waived.results, notes };
}

/** Said once: single runs of a model that is trained here, or fewer than the policy wants, were compared. */
function trainingNoise({ received }: Side, model: ModelPolicy | undefined, runs: number): Note[] {
  if (runs >= 2) {
    if (model?.repeats === undefined || runs >= model.repeats || runs === Number.POSITIVE_INFINITY) return [];
    const text = `A side has ${runs} training runs, fewer than the ${model.repeats} that the policy asks for, so the noise between them is known from few.`;
    return [remark("training-noise", text)];
  }
  if (model?.repeats === undefined && received.document.train === undefined) return [];
  if (model?.["training-sd"] !== undefined) return [];
  const text = "Training noise was not measured: a side has one training run, and the intervals cover the rows only.";
  return [remark("training-noise", text)];
}

/** A policy that has no gates for a model which stands in for one that it has: nothing is asked, and the baseline that is left out is found. */
function withoutItsGates({ policy, selection }: DecideInput): EffectiveGates | undefined {
  const leftOut = selection.document.baselineMissing?.code === "left-out";
  return policy !== undefined && leftOut ? { gates: [], notes: [] } : undefined;
}

function candidateOf({ received }: Side): Verdict["candidate"] {
  const { model, source, evalSet }: Evaluation = received.document;
  return {
    evaluation: received.digest,
    ...(model.digest === undefined ? {} : { model: model.digest }),
    ...(source.sha === undefined ? {} : { sha: source.sha }),
    ...(source.committedAt === undefined ? {} : { committedAt: source.committedAt }),
    ...(evalSet === undefined ? {} : { evalSet }),
  };
}

/** Two entries of the policy may ask the same of one metric: the later result gets a number, so that ids stay unique. */
function distinctIds(results: readonly GateResult[]): GateResult[] {
  const times = new Map<string, number>();
  return results.map((result) => {
    const time = (times.get(result.id) ?? 0) + 1;
    times.set(result.id, time);
    return time === 1 ? result : { ...result, id: `${result.id}#${time}` };
  });
}

function distinct(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [`${note.code}\n${note.text}`, note])).values()];
}
