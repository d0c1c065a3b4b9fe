import type { Metric } from "@metricgate/core/documents/evaluation";
import { type Member, memberOf, type Tree } from "../tree/tree.ts";
import type { Found, FoundMetric } from "./found-metric.ts";
import { looksLikeNumber, measured } from "./number-text.ts";
import type { Refuse } from "./refuse.ts";

/** The list of metrics in a file of our own form: an array, or `{"metrics": [...]}` as in an evaluation; undefined when it is neither. */
export function metricList(root: Tree): readonly Tree[] | undefined {
  const list = root.kind === "list" ? root : memberOf(root, "metrics")?.value;
  return list?.kind === "list" ? list.items : undefined;
}

/**
 * Metrics in our own form: `{name, value, unit, direction, target, n, stderr, interval, repeats, slice}`; other keys are ignored.
 * @throws UserError `metric-shape`, `metric-field`, `metric-is-text`
 */
export function listedMetrics(items: readonly Tree[], refuse: Refuse): Found {
  return { ignored: [], metrics: items.map((item) => listedMetric(item, refuse)) };
}

/** One metric of such a list. @throws UserError as `listedMetrics` */
export function listedMetric(item: Tree, refuse: Refuse): FoundMetric {
  return { metric: oneMetric(item, refuse), at: item.at };
}

function oneMetric(item: Tree, refuse: Refuse): Omit<Metric, "from"> {
  const next = 'Write each metric as {"name": "...", "value": 0.9}.';
  if (item.kind !== "mapping") return refuse.shape("An entry of the list of metrics is no mapping.", next, item.at);
  const nameTree = memberOf(item, "name")?.value;
  if (nameTree?.kind !== "text") return refuse.shape("A metric in the list has no name.", next, item.at);
  const name = nameTree.value;
  const part = (key: string): Member | undefined => memberOf(item, key);

  const finite = (tree: Tree, field: string, least = -Infinity): number => {
    if (tree.kind === "text" && looksLikeNumber(tree.value))
      return refuse.textForNumber(`${name}.${field}`, tree.value, tree.at);
    if (tree.kind !== "number" || !Number.isFinite(tree.value))
      return refuse.field(name, field, "a finite number", tree.at);
    return tree.value >= least ? tree.value : refuse.field(name, field, `a number of at least ${least}`, tree.at);
  };
  const text = (tree: Tree, field: string, most: number): string => {
    if (tree.kind !== "text" || tree.value.length > most)
      return refuse.field(name, field, `a text of at most ${most} characters`, tree.at);
    return tree.value;
  };

  const unit = part("unit");
  const direction = part("direction");
  const target = part("target");
  const n = part("n");
  const stderr = part("stderr");
  const interval = part("interval");
  const repeats = part("repeats");
  const slice = part("slice");
  const metric: Metric = { name, ...valueOfMetric(item, name, refuse, finite, text) };
  if (slice !== undefined) metric.slice = sliceOf(slice.value, name, refuse);
  if (direction !== undefined) metric.direction = directionIn(direction.value, name, refuse);
  if (target !== undefined) metric.target = finite(target.value, "target");
  if (unit !== undefined) metric.unit = text(unit.value, "unit", 12);
  if (n !== undefined) metric.n = countOf(n.value, name, refuse, finite);
  if (stderr !== undefined) metric.stderr = finite(stderr.value, "stderr", 0);
  if (interval !== undefined) metric.interval = intervalOf(interval.value, name, refuse, finite, text);
  if (repeats !== undefined) metric.repeats = repeatsOf(repeats.value, name, refuse, finite);
  return metric;
}

type Finite = (tree: Tree, field: string, least?: number) => number;
type Text = (tree: Tree, field: string, most: number) => string;

function valueOfMetric(
  item: Tree,
  name: string,
  refuse: Refuse,
  finite: Finite,
  text: Text,
): { value: number } | { undefined: string } {
  const value = memberOf(item, "value")?.value;
  if (value?.kind === "number") return measured(value.value);
  if (value?.kind === "null") return { undefined: "null" };
  if (value !== undefined) return { value: finite(value, "value") };
  const reason = memberOf(item, "undefined")?.value;
  if (reason === undefined)
    return refuse.shape(`The metric "${name}" has no value.`, "Write its value as a number, or null.", item.at);
  return { undefined: text(reason, "undefined", 100) };
}

function countOf(tree: Tree, name: string, refuse: Refuse, finite: Finite): number {
  const n = finite(tree, "n", 0);
  return Number.isInteger(n) ? n : refuse.field(name, "n", "a whole number of at least 0", tree.at);
}

function directionIn(tree: Tree, name: string, refuse: Refuse): "up" | "down" | "near" {
  if (tree.kind === "text" && (tree.value === "up" || tree.value === "down" || tree.value === "near"))
    return tree.value;
  return refuse.field(name, "direction", "up, down or near", tree.at);
}

function repeatsOf(tree: Tree, name: string, refuse: Refuse, finite: Finite): number[] {
  if (tree.kind !== "list") return refuse.field(name, "repeats", "a list of numbers", tree.at);
  return tree.items.map((item) => finite(item, "repeats"));
}

function intervalOf(
  tree: Tree,
  name: string,
  refuse: Refuse,
  finite: Finite,
  text: Text,
): NonNullable<Metric["interval"]> {
  const field = (key: string): Tree =>
    memberOf(tree, key)?.value ?? refuse.field(name, "interval", "a mapping of low, high, level and method", tree.at);
  const low = finite(field("low"), "interval.low");
  const high = finite(field("high"), "interval.high");
  const level = finite(field("level"), "interval.level");
  if (low > high) return refuse.field(name, "interval", "two numbers with low <= high", tree.at);
  if (level <= 0 || level >= 1) return refuse.field(name, "interval.level", "a share between 0 and 1", tree.at);
  return { low, high, level, method: text(field("method"), "interval.method", 100) };
}

function sliceOf(tree: Tree, name: string, refuse: Refuse): Record<string, string> {
  if (tree.kind !== "mapping") return refuse.field(name, "slice", "a mapping of feature to value", tree.at);
  const entries = tree.members.map(({ key, value }): [string, string] => {
    if (key === "" || key === "__proto__" || key.length > 200)
      return refuse.field(name, "slice", "a mapping with feature names of 1 to 200 characters", value.at);
    if (value.kind !== "text" && value.kind !== "number" && value.kind !== "boolean")
      return refuse.field(name, `slice.${key}`, "a text", value.at);
    const text = String(value.value);
    return text.length <= 200
      ? [key, text]
      : refuse.field(name, `slice.${key}`, "a text of at most 200 characters", value.at);
  });
  return Object.fromEntries(entries);
}
