import { isGlob } from "../gates/glob.ts";
import { conflictOf } from "../gates/question-conflicts.ts";
import { asksNothing, impliedDirection, type RuleKeys } from "../gates/questions.ts";
import { directionOf } from "../metrics/directions.ts";
import { computableDirection } from "../metrics/known.ts";
import { checkFairness, checkHistory } from "./check-rules.ts";
import { marginOf } from "./margin.ts";
import type { Report } from "./policy-problem.ts";
import type { GateEntry, ModelPolicy } from "./schema.ts";

/** Reports what contradicts itself in one gate; paths begin at the gate. */
export function checkGate(entry: GateEntry, model: ModelPolicy, report: Report): void {
  const { metric, slices } = entry;
  const inSlices: Report = (path, text, next) => report(["slices", ...path], `its slices: ${text}`, next);
  if (entry.was !== undefined && isGlob(metric))
    report(["was"], "a glob has no earlier names.", "Write a gate for the renamed metric alone.");
  if (entry.target !== undefined && entry["max-off"] === undefined)
    report(["target"], "target without max-off asks nothing.", "Write max-off beside target.");
  checkKeys(entry, entry, report);
  if (slices !== undefined) {
    const stated = statedDirection(entry);
    checkKeys({ ...slices, metric, ...(stated === undefined ? {} : { direction: stated }) }, entry, inSlices);
  }
  if (entry.history !== undefined) checkHistory(entry.history, report);
  if (entry.fairness !== undefined) checkFairness(entry.fairness, model, report);
}

/** The keys that a gate and its slices have in common. `entry` is the gate, whose margins slices without their own take over. */
function checkKeys(keys: RuleKeys & Pick<GateEntry, "metric" | "direction">, entry: GateEntry, report: Report): void {
  const { min, max } = keys;
  if (keys["max-drop"] !== undefined && keys["max-rise"] !== undefined) {
    const next = "Keep max-drop when higher is better, max-rise when lower is.";
    report(["max-rise"], "has both max-drop and max-rise.", next);
    return;
  }
  if (min !== undefined && max !== undefined && min > max)
    report(["min"], `asks for at least ${min} and at most ${max}.`, "Make min at most max.");
  checkDirection(keys, entry, report);
  checkWarnMargin(keys, asksNothing(keys) ? { ...entry, ...keys } : keys, report);
  checkEvidence(keys, asksNothing(keys) ? { ...entry, ...keys } : keys, report);
}

/** What is said against the direction. A direction or target that only the data know is left to the gate. */
function checkDirection(
  keys: RuleKeys & Pick<GateEntry, "metric" | "direction">,
  entry: GateEntry,
  report: Report,
): void {
  const { metric } = keys;
  const usual = isGlob(metric) ? undefined : (computableDirection(metric) ?? directionOf(metric));
  const known = keys.direction ?? usual;
  // max-off speaks of a target, which a name or another key cannot say.
  if (keys["max-off"] !== undefined && keys.direction !== "near") {
    report(
      ["max-off"],
      "max-off belongs to metrics that should be near a target.",
      "Add direction: near and target: ….",
    );
    return;
  }
  const way = known ?? impliedDirection(keys);
  if (way === undefined) return;
  const wrong = conflictOf(metric, keys, way);
  if (wrong === undefined) return;
  const other = wrong.key === "max-drop" ? "up" : "down";
  const orSay = entry.direction === undefined && way !== "near" ? ` Or add direction: ${other}.` : "";
  report(wrong.key === undefined ? ["metric"] : [wrong.key], wrong.wrong, `${wrong.next}${orSay}`);
}

function checkWarnMargin(keys: RuleKeys, effective: RuleKeys, report: Report): void {
  const warn = keys["warn-margin"];
  if (warn === undefined) return;
  const margins = (["max-drop", "max-rise", "max-change"] as const).flatMap((key) => {
    const written = effective[key];
    return written === undefined ? [] : [{ key, written }];
  });
  if (margins.length === 0)
    report(["warn-margin"], "warn-margin needs a margin to be smaller than.", "Write max-drop or max-rise beside it.");
  const given = marginOf(warn);
  for (const { key, written } of margins) {
    const margin = marginOf(written);
    if (given === undefined || margin === undefined) continue;
    if (given.scale !== margin.scale)
      report(
        ["warn-margin"],
        `warn-margin ${warn} and ${key} ${written} are in different scales.`,
        "Write both as numbers, or both in %.",
      );
    else if (given.value >= margin.value)
      report(
        ["warn-margin"],
        `warn-margin ${warn} is not smaller than ${key} ${written}.`,
        `Write a number below ${written}.`,
      );
  }
}

function checkEvidence(keys: RuleKeys, effective: RuleKeys, report: Report): void {
  const { evidence } = keys;
  if (evidence === undefined) return;
  const limits = effective.min !== undefined || effective.max !== undefined || effective["max-off"] !== undefined;
  const loss = effective["max-drop"] !== undefined || effective["max-rise"] !== undefined || asksNothing(effective);
  if (evidence === "bound" && !limits)
    report(
      ["evidence"],
      "evidence: bound belongs to min, max and max-off.",
      "Write significant, proven or estimate, or add a limit.",
    );
  else if ((evidence === "significant" || evidence === "proven") && !loss)
    report(
      ["evidence"],
      `evidence: ${evidence} belongs to max-drop and max-rise.`,
      "Write estimate or bound, or add a margin.",
    );
  else if (evidence === "estimate" && !limits && !loss)
    report(["evidence"], "evidence: estimate belongs to limits and to max-drop or max-rise.", "Remove evidence.");
}

function statedDirection(entry: GateEntry): GateEntry["direction"] {
  return entry.direction ?? impliedDirection(entry);
}
