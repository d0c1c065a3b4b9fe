import type { Problem } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { issueWords, type RefusedValue } from "@metricgate/core/inputs/issue-words";
import { shown } from "../text/shown.ts";
import type { ReadYaml } from "../yaml/read-yaml.ts";
import { policyKeys } from "./policy-keys.ts";

/** What a zod schema finds, as far as it is read here. */
export interface Issue extends RefusedValue {
  code: string;
  path: PropertyKey[];
  message: string;
  expected?: string;
  keys?: readonly string[];
  values?: readonly unknown[];
  /** What a check of ours adds: the next step. */
  params?: { next?: unknown };
  errors?: readonly (readonly Issue[])[];
}

/** The issues of a part of the policy as problems with line, column and one fix each. `path` leads from the file to that part. */
export function issueProblems(
  issues: readonly Issue[],
  path: readonly (string | number)[],
  read: ReadYaml,
  name: string,
): Problem[] {
  return issues.flatMap((issue) => {
    const inner = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    const full = [...path, ...inner];
    if (issue.code === "unrecognized_keys") return (issue.keys ?? []).map((key) => unknownKey(key, full, read, name));
    return [wrongValue(innermost(issue), full, read, name)];
  });
}

function unknownKey(key: string, path: readonly (string | number)[], read: ReadYaml, name: string): Problem {
  const known = policyKeys(path);
  const meant = closest(key.replaceAll("_", "-"), known);
  return {
    code: "policy-unknown-key",
    text: `${name} has the unknown key ${shown(key)}${inside(path)}.`,
    next:
      meant === undefined ? `Known here are ${known.map((k) => `\`${k}\``).join(", ")}.` : `Did you mean \`${meant}\`?`,
    where: { file: name, ...read.keyPositionOf([...path, key]) },
  };
}

function wrongValue(issue: Issue, path: readonly (string | number)[], read: ReadYaml, name: string): Problem {
  const at = read.positionOf(path);
  const key = String(path.findLast((part) => typeof part === "string") ?? "the file");
  if (at === undefined) {
    return {
      code: "policy-missing-key",
      text: `${name} has no \`${key}\`${inside(path.slice(0, -1))}.`,
      next: `Add \`${key}: …\`${issue.values?.length === 1 ? `, here \`${key}: ${String(issue.values[0])}\`` : ""}.`,
      where: { file: name, ...nearestPosition(path, read) },
    };
  }
  const bad = textAt(path, read);
  return {
    code: "policy-wrong-value",
    text: `\`${key}\`${inside(path.slice(0, -1))} of ${name} is ${bad}, which ${complaint(issue)}.`,
    next: fix(issue, key, bad),
    where: { file: name, ...at },
  };
}

/** Of a union, the branch that got furthest: the one that does not merely want another type. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || issue.errors === undefined) return issue;
  const branches = issue.errors.flatMap((branch) => branch.slice(0, 1));
  const best = branches.find((branch) => branch.code !== "invalid_type") ?? branches.at(-1);
  if (best === undefined) return issue;
  if (best.code === "invalid_type")
    return { ...best, expected: branches.map((branch) => branch.expected ?? "").join(" or ") };
  return innermost(best);
}

function complaint(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `is not ${typeWords(issue.expected ?? "")}`;
    case "invalid_value":
      return "is not a value known here";
    default:
      return issueWords(issue);
  }
}

function fix(issue: Issue, key: string, bad: string): string {
  if (typeof issue.params?.next === "string") return issue.params.next;
  if (issue.values !== undefined) {
    const values = issue.values.map(String);
    const meant = closest(bad.replaceAll('"', ""), values);
    if (values.length > 1 && meant !== undefined) return `Did you mean \`${meant}\`?`;
    return `Write ${key}: ${values.join(" or ")}.`;
  }
  if (issue.code === "invalid_type" && issue.expected === "string" && /^(-?[\d.]+(e[+-]?\d+)?|true|false)$/.test(bad))
    return `Write it in quotes: ${key}: "${bad}".`;
  if (issue.code === "too_small" && issue.origin === "number" && issue.inclusive === true)
    return `Write ${issue.minimum} or more for \`${key}\`.`;
  if (issue.code === "too_big" && issue.origin === "number" && issue.inclusive === true)
    return `Write ${issue.maximum} or less for \`${key}\`.`;
  if (issue.code === "invalid_format" && issue.format === "date") return `Write \`${key}\` as in ${key}: 2026-12-15.`;
  if (issue.code === "invalid_type") return `Write ${typeWords(issue.expected ?? "")} for \`${key}\`.`;
  return `Correct \`${key}\` on this line.`;
}

function typeWords(expected: string): string {
  const words: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    array: "a list, as in [a, b]",
    object: "a mapping",
    record: "a mapping",
    boolean: "true or false",
  };
  return expected
    .split(" or ")
    .map((word) => (Object.hasOwn(words, word) ? (words[word] ?? word) : word))
    .join(" or ");
}

/** ` in gate 2 of fraud-scorer`, from the path of what holds the key. */
function inside(path: readonly (string | number)[]): string {
  if (path.length === 0) return "";
  const [top, model, , index] = path;
  if (top === "models" && path.length > 1) {
    const gate = typeof index === "number" ? ` gate ${index + 1} of` : path.length > 2 ? ` ${String(path[2])} of` : "";
    return ` in${gate} ${String(model)}`;
  }
  const last = path.at(-1);
  return typeof last === "number" ? ` in ${String(top)}, entry ${last + 1}` : ` in ${String(last)}`;
}

function textAt(path: readonly (string | number)[], read: ReadYaml): string {
  let value: unknown = read.value;
  for (const part of path)
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  if (typeof value === "string") return shown(value);
  if (typeof value !== "object") return String(value);
  return value === null ? "empty" : Array.isArray(value) ? "a list" : "a mapping";
}

function nearestPosition(
  path: readonly (string | number)[],
  read: ReadYaml,
): { line: number; column: number } | undefined {
  for (let length = path.length - 1; length >= 0; length--) {
    const found = read.positionOf(path.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}
