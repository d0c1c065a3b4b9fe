import type { ReasonEntry } from "./reason-entry.ts";

/** Reasons of what a rule found. */
export const ruleReasons = {
  "within-margin": {
    concern: "rule",
    meaning: "The interval of the change shows that any loss lies within the margin.",
    next: "Nothing to do.",
  },
  "worse-than-margin": {
    concern: "rule",
    meaning: "The observed loss is larger than the margin, and it is real.",
    next: "Improve the candidate, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "too-uncertain": {
    concern: "rule",
    meaning: "The data neither prove that the loss is within the margin nor that it is real and beyond it.",
    next: "Measure on more rows, or accept a wider margin.",
  },
  "improvement-proven": {
    concern: "rule",
    meaning: "The interval of the gain lies above the smallest gain asked for.",
    next: "Nothing to do.",
  },
  "no-improvement": {
    concern: "rule",
    meaning: "The interval of the gain does not reach the smallest gain asked for.",
    next: "Improve the candidate, or lower min-gain in the policy.",
  },
  "within-limit": { concern: "rule", meaning: "The value keeps the limit (inclusive).", next: "Nothing to do." },
  "below-min": {
    concern: "rule",
    meaning: "The value is below the floor.",
    next: "Improve the candidate, or let an owner of the policy change the floor.",
  },
  "above-max": {
    concern: "rule",
    meaning: "The value is above the ceiling.",
    next: "Improve the candidate, or let an owner of the policy change the ceiling.",
  },
  "off-target": {
    concern: "rule",
    meaning: "The value lies further from its target than max-off.",
    next: "Improve the candidate, or let an owner of the policy change max-off.",
  },
  unchanged: {
    concern: "rule",
    meaning: "The interval of the change lies within max-change either way.",
    next: "Nothing to do.",
  },
  changed: {
    concern: "rule",
    meaning: "The change is larger than max-change, and it is real.",
    next: "Find out what moved the metric, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "within-band": {
    concern: "rule",
    meaning: "The value lies within what the accepted runs of the base branch gave.",
    next: "Nothing to do.",
  },
  "outside-band": {
    concern: "rule",
    meaning: "The value lies outside of what the accepted runs of the base branch gave.",
    next: "Find out what changed, or let an owner of the policy add a waiver with a reason and a date.",
  },
  "history-flat": {
    concern: "rule",
    meaning:
      "The accepted runs of the base branch all gave the same value, so how much it usually varies is not known.",
    next: "Look whether the change is meant; `method: percentage` with `max-off` says how much is allowed.",
  },
  "within-gap": {
    concern: "rule",
    meaning: "The interval of every gap between groups lies within the limit.",
    next: "Nothing to do.",
  },
  "gap-too-large": {
    concern: "rule",
    meaning: "A gap between two groups is larger than the limit, and it is real.",
    next: "Look at the rows of the worse group, or let an owner of the policy add a waiver with a reason and a date.",
  },
} as const satisfies Record<string, ReasonEntry>;
