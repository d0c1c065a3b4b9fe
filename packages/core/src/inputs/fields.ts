import { z } from "zod";
import { digest, modelName } from "../documents/fields.ts";
import { normalPath } from "../plan/repository-path.ts";
import { NO_MAX_DROP } from "../policy/default-max-drop.ts";
import { DEFAULT_POLICY_PATH } from "../policy/default-path.ts";
import { marginError, marginPattern } from "../policy/margin-text.ts";

/** How a value is written on the command line and in the README table. */
export type InputKind = "text" | "lines" | "flag";

/** The platform hands every input over as text, and an input that was not given as the empty text. */
const given = (description: string, kind: InputKind, initial?: string) => ({
  description,
  kind,
  ...(initial === undefined ? {} : { initial }),
});

/** One line of text; absent when empty. */
export const text = (description: string) =>
  z.string().trim().min(1, "is empty").optional().meta(given(description, "text"));

/** One line of text with a default. */
export const textOr = (initial: string, description: string) =>
  z
    .string()
    .trim()
    .min(1, "is empty")
    .prefault(initial)
    .meta(given(description, "text", initial));

/** A path with a default, in one spelling: `./a//b` is `a/b`, so that the work tree and the base branch are asked for the same file. */
export const pathOr = (initial: string, description: string) =>
  z
    .string()
    .trim()
    .min(1, "is empty")
    .prefault(initial)
    .transform(normalPath)
    .meta(given(description, "text", initial));

/** A list, one entry per line; empty lines and lines that start with `#` are left out. Absent when empty. */
export const lines = (description: string) =>
  z
    .string()
    .transform((value) =>
      value
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.startsWith("#")),
    )
    .optional()
    .meta(given(description, "lines"));

/** `true` or `false`, as YAML 1.2 writes them. */
export const flag = (initial: boolean, description: string) =>
  z
    .enum(["true", "True", "TRUE", "false", "False", "FALSE"], { error: "is neither true nor false" })
    .prefault(initial ? "true" : "false")
    .transform((value) => value.toLowerCase() === "true")
    .meta(given(description, "flag", String(initial)));

/** One of a few words. */
export const choice = <const W extends readonly [string, ...string[]]>(
  words: W,
  initial: W[number],
  description: string,
) =>
  z
    .enum(words, { error: `is none of ${words.join(", ")}` })
    .prefault(initial)
    .meta(given(description, "text", initial));

/** One of a few words, or nothing. */
export const choiceOrNone = <const W extends readonly [string, ...string[]]>(words: W, description: string) =>
  z
    .enum(words, { error: `is none of ${words.join(", ")}` })
    .optional()
    .meta(given(description, "text"));

/** A whole number >= `low`. */
export const whole = (low: number, description: string) =>
  z
    .string()
    .regex(/^\d+$/, "is not a whole number")
    .transform(Number)
    .pipe(z.number().int("is too large").min(low, `is below ${low}, the least that is allowed`))
    .optional()
    .meta(given(description, "text"));

/** A margin such as `0.01` or `1%`. */
export const marginInput = (description: string) =>
  z.string().trim().regex(marginPattern, marginError).optional().meta(given(description, "text"));

/** A margin such as `0.01` or `1%`, or `none`. */
export const marginOrNone = (description: string) =>
  z
    .string()
    .trim()
    .refine((value) => value === NO_MAX_DROP || marginPattern.test(value), `${marginError}, nor \`${NO_MAX_DROP}\``)
    .optional()
    .meta(given(description, "text"));

export const model = modelName
  .optional()
  .meta(given("Name of the model; the policy's only model, else `model`.", "text"));
export const modelDigest = digest.optional().meta(given("Digest of the model, `sha256:…`.", "text"));

/** The inputs that every action has. */
export const shared = {
  model,
  policy: pathOr(DEFAULT_POLICY_PATH, "Path of the policy file, from `working-directory`."),
  "working-directory": textOr(".", "Folder that paths start from."),
  token: text("Token for GitHub's API; the job's own by default."),
  store: choice(
    ["artifact", "branch"],
    "artifact",
    "Where baselines live: artifacts of push runs, or the ledger branch `metricgate`.",
  ),
};
