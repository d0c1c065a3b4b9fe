import type { Metric } from "@metricgate/core/documents/evaluation";
import type { Note } from "@metricgate/core/documents/fields";
import { metricKey } from "@metricgate/core/documents/metric-key";
import { usualDirection } from "@metricgate/core/metrics/directions";
import { lineCounter } from "../text/position.ts";
import { shown } from "../text/shown.ts";
import type { Found } from "./found-metric.ts";
import type { Refuse } from "./refuse.ts";

/** Metrics of one file that are read. */
const metricLimit = 100_000;

const ascii = /^[ -~]*$/;
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const latin = /\p{Script=Latin}/u;
const lookalike = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/**
 * The metrics of a file under checked names (NFC, 1 to 200 characters, none twice for one slice), each with the place it came from,
 * and with its direction by the table of names when the file states none and the metric is not of the run.
 * @throws UserError `too-many-metrics`, `name-empty`, `not-utf8`, `name-too-long`, `duplicate-metric`, `no-metrics`
 */
export function nameMetrics(
  found: Found,
  text: string | undefined,
  file: string,
  format: string,
  refuse: Refuse,
): { metrics: Metric[]; notes: Note[] } {
  const notes: Note[] = [];
  if (found.metrics.length > metricLimit) {
    refuse.name(
      "too-many-metrics",
      `${file} holds more than ${metricLimit} metrics.`,
      "Write only those that you compare.",
      0,
    );
  }
  if (found.metrics.length === 0) {
    refuse.name(
      "no-metrics",
      `${file} was read as ${format} and holds no number under a name.`,
      'Write at least one metric, as in {"accuracy": 0.93}.',
      0,
    );
  }
  const lineOf = text === undefined ? undefined : lineCounter(text);
  let place: NonNullable<Metric["from"]> = { file, format };
  const exact = new Set<string>();
  // By lower case; kept from the first name on that has another, since most files have none.
  let folded: Map<string, string> | undefined;
  const metrics: Metric[] = [];
  for (const { metric, at, elsewhere } of found.metrics) {
    const plain = ascii.test(metric.name);
    const name = plain ? metric.name : metric.name.normalize("NFC");
    if (name.trim() === "") refuse.name("name-empty", `A metric in ${file} has an empty name.`, "Give it a name.", at);
    if (!plain && !name.isWellFormed()) {
      const what = `The metric name ${shown(name)} in ${file} holds half of a surrogate pair.`;
      refuse.name("not-utf8", what, "Write the whole character, or leave it out.", at);
    }
    if (name.length > 200) {
      refuse.name(
        "name-too-long",
        `The metric name ${shown(name)} in ${file} has ${name.length} characters; at most 200 are read.`,
        "Shorten it.",
        at,
      );
    }
    const key = metricKey(name, metric.slice);
    if (exact.has(key)) {
      refuse.name(
        "duplicate-metric",
        `The metric ${shown(name)} stands twice in ${file}.`,
        "Remove or rename one of the two.",
        at,
      );
    }
    exact.add(key);
    const lower = name.toLowerCase();
    if (lower !== name) folded ??= new Map(metrics.map((before) => [before.name, before.name]));
    const other = folded?.get(lower);
    if (other === undefined) folded?.set(lower, name);
    else if (other !== name)
      notes.push({ code: "name-similar", text: `${shown(other)} and ${shown(name)} in ${file} differ only in case.` });
    const strange = !plain && !ascii.test(name);
    if (strange && hidden.test(name))
      notes.push({
        code: "name-hidden",
        text: `The metric name ${shown(name)} in ${file} holds characters that cannot be seen.`,
      });
    else if (strange && latin.test(name) && lookalike.test(name)) {
      notes.push({
        code: "name-lookalike",
        text: `The metric name ${escaped(name)} in ${file} mixes alphabets that look alike.`,
      });
    }
    const direction = metric.direction ?? usualDirection(name);
    const line = lineOf?.(at);
    // The metrics of one line share their place: a file of one line may hold 100,000.
    if (line !== place.line) place = { file, format, ...(line === undefined ? {} : { line }) };
    const from = elsewhere === undefined ? place : { format, ...elsewhere };
    metrics.push(inOrder(metric, name, direction, from));
  }
  if (found.ignored.length > 0) notes.push({ code: "values-ignored", text: ignoredText(found.ignored, file) });
  return { metrics, notes };
}

/** A metric with its keys in canonical order, in which a document of 100,000 is written many times faster. */
function inOrder(
  { interval, n, repeats, slice, stderr, target, undefined: why, unit, value }: Omit<Metric, "from">,
  name: string,
  direction: Metric["direction"],
  from: NonNullable<Metric["from"]>,
): Metric {
  const metric: Partial<Metric> = {};
  if (direction !== undefined) metric.direction = direction;
  metric.from = from;
  if (interval !== undefined) metric.interval = interval;
  if (n !== undefined) metric.n = n;
  metric.name = name;
  if (repeats !== undefined) metric.repeats = repeats;
  if (slice !== undefined) metric.slice = slice;
  if (stderr !== undefined) metric.stderr = stderr;
  if (target !== undefined) metric.target = target;
  if (why !== undefined) metric.undefined = why;
  if (unit !== undefined) metric.unit = unit;
  if (value !== undefined) metric.value = value;
  return metric as Metric;
}

/** A name with every letter outside ASCII as its code point, so that look-alikes can be told apart. */
function escaped(name: string): string {
  return shown(name).replace(/[^\x20-\x7e]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function ignoredText(ignored: Found["ignored"], file: string): string {
  const few = ignored.slice(0, 5).map((entry) => `${shown(entry.name)} (${entry.is})`);
  const more = ignored.length > few.length ? ` and ${ignored.length - few.length} more` : "";
  return `Not numbers, so not read from ${file}: ${few.join(", ")}${more}.`;
}
