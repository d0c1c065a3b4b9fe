import type { GateResult, Verdict } from "@metricgate/core/documents/verdict";
import type { GateNumbers } from "../format/gate-numbers.ts";
import { alone, plural } from "../format/number.ts";
import { anchorName } from "./anchor-name.ts";
import { joined, named, type Sentence, said, strong, words } from "./piece.ts";
import { concernOfGate, failedBefore, hasReason } from "./result-word.ts";
import { rowOf } from "./row.ts";

/** What one gate found, in one sentence with its numbers, and who waived it. */
export function gateSentence(verdict: Verdict, gate: GateResult): Sentence {
  const found = finding(verdict, gate);
  const { waiver } = gate;
  if (waiver === undefined) return found;
  return [
    ...found,
    words(" Waived by "),
    named(waiver.by),
    words(" until "),
    said(waiver.until),
    words(": "),
    said(waiver.reason),
    words(/[.!?…]\s*$/.test(waiver.reason) ? "" : "."),
  ];
}

/** A metric, its slice and what it was held against. */
function subject(verdict: Verdict, gate: GateResult): Sentence {
  const slice = gate.slice === undefined ? [] : Object.keys(gate.slice).sort();
  const of = slice.map((key): Sentence => [named(`${key}=${gate.slice?.[key] ?? ""}`)]);
  const against = gate.against === undefined ? [] : [words(" against "), named(anchorName(verdict))];
  return [named(gate.metric), ...(of.length === 0 ? [] : [words(" of "), ...joined(of, ", ")]), ...against];
}

function finding(verdict: Verdict, gate: GateResult): Sentence {
  const { numbers, word } = rowOf(verdict, gate);
  const name = subject(verdict, gate);
  if (gate.rule === "baseline") return aboutBaseline(gate);
  if (failedBefore(gate)) {
    const why = gate.reasons.find(({ code }) => code === "earlier-attempt");
    const now = numbers.candidate === "" ? "" : ` Now it is ${numbers.candidate}.`;
    return [...name, words(" "), strong("failed before"), words(": "), said(why?.text ?? ""), words(now)];
  }
  const told = gate.outcome === "fail" ? missed(gate, numbers, word) : open(gate, numbers);
  if (told !== undefined) return [...name, words(" "), ...told];
  const [reason] = gate.reasons;
  return reason === undefined
    ? [...name, words(" is "), strong(word), words(".")]
    : [...name, words(" is "), strong(word), words(": "), said(reason.text)];
}

/** A result about a baseline itself names no metric. */
function aboutBaseline(gate: GateResult): Sentence {
  const which = gate.against === undefined ? "baseline" : "second baseline";
  const old = concernOfGate(gate) === "stale";
  const differs = concernOfGate(gate) === "incomparable";
  const fewer = hasReason(gate, "rows-left-out");
  const lead = fewer
    ? "Not all rows were compared"
    : old
      ? `The ${which} is too old`
      : differs
        ? `The ${which} is not comparable`
        : `There is no ${which}`;
  const [reason] = gate.reasons;
  return reason === undefined ? [strong(`${lead}.`)] : [strong(lead), words(": "), said(reason.text)];
}

function values({ baseline, candidate }: GateNumbers): string {
  return baseline === "" ? "" : ` (${baseline} → ${candidate})`;
}

/** How a failed gate missed what it asks: by how much, and what is allowed. Undefined when its numbers do not tell. */
function missed(gate: GateResult, numbers: GateNumbers, word: string): Sentence | undefined {
  const size = numbers.change.replace(/^[+−±]/, "");
  const allowed = numbers.allowed === "" ? "" : `; allowed is ${numbers.allowed}`;
  switch (gate.rule) {
    case "no-regression":
      if (size === "" || gate.direction === "near") return undefined;
      return [words("is "), strong(`worse by ${size}`), words(`${values(numbers)}${allowed}.`)];
    case "equivalence":
      if (size === "") return undefined;
      return [strong(`changed by ${numbers.change}`), words(`${values(numbers)}${allowed}.`)];
    case "improvement":
      if (size === "") return undefined;
      return [
        words("is "),
        strong("not better"),
        words(` enough: ${numbers.change}${values(numbers)}; asked is ${numbers.allowed}.`),
      ];
    case "min":
    case "max": {
      if (numbers.candidate === "") return undefined;
      const by = numbers.beyond === "" ? "" : `, ${numbers.beyond}`;
      return [words("is "), strong(`${word}: ${numbers.candidate}`), words(`${by}; it must be ${numbers.allowed}.`)];
    }
    case "history": {
      if (gate.band === undefined || numbers.beyond === "") return undefined;
      const runs = `the last ${plural(gate.band.runs, "accepted run")} allow (${numbers.allowed})`;
      return [words("is "), strong(`${word}: ${numbers.candidate}`), words(`, ${numbers.beyond} what ${runs}.`)];
    }
    case "fairness":
      return unfair(gate, numbers);
    default:
      return undefined;
  }
}

/** `differs between gender=F (0.45) and gender=M (0.72) by 0.27; allowed is ≤ 0.10.` */
function unfair({ groups }: GateResult, numbers: GateNumbers): Sentence | undefined {
  if (groups?.worst === undefined || numbers.candidate === "") return undefined;
  const side = (name: string): Sentence => {
    const value = groups.values.find(({ group }) => group === name)?.value;
    return [named(`${groups.by}=${name}`), words(value === undefined ? "" : ` (${alone(value)})`)];
  };
  const [one, other] = groups.worst;
  const rest = words(`; allowed is ${numbers.allowed}.`);
  if (groups.measure === "ratio")
    return [
      words("is "),
      strong("unfair"),
      words(": the ratio of "),
      ...side(one),
      words(" to "),
      ...side(other),
      words(` is ${numbers.candidate}`),
      rest,
    ];
  const against: Sentence = groups.measure === "to-overall" ? [words("all rows")] : side(other);
  return [
    words("is "),
    strong("unfair"),
    words(": "),
    ...side(one),
    words(" and "),
    ...against,
    words(` differ by ${numbers.candidate}`),
    rest,
  ];
}

/** What is not decided, or is allowed and warned of. Undefined when the numbers do not tell. */
function open(gate: GateResult, numbers: GateNumbers): Sentence | undefined {
  if (numbers.change === "" || gate.rule !== "no-regression" || gate.direction === "near") return undefined;
  const size = numbers.change.replace(/^[+−±]/, "");
  if (gate.outcome === "pass" && hasReason(gate, "beyond-warn-margin"))
    return [
      words("is "),
      strong(`worse by ${size}`),
      words(
        `${values(numbers)}: within the allowed ${numbers.allowed}, beyond the ${numbers.warned} from which on it warns.`,
      ),
    ];
  if (gate.outcome !== "inconclusive" || numbers.interval === "") return undefined;
  return [
    words("is "),
    strong("inconclusive"),
    words(
      `: ${numbers.change}${values(numbers)}, and its interval ${numbers.interval} does not settle whether the loss stays within the allowed ${numbers.allowed}.`,
    ),
  ];
}
