import { extname } from "node:path";
import { hasReading, jsonReading, type Reading } from "./json-readings.ts";
import { attempt, difference, hangLimit, metricsOf, readingOf } from "./read-both-ways.ts";
import { askPython } from "./second-reader.ts";
import type { Tally } from "./tally.ts";
import { hasTextReading, textReading } from "./text-readings.ts";

/** A changed file, and what it was before. */
export interface Changed {
  path: string;
  bytes: Uint8Array;
  before?: Uint8Array;
}

interface Asked extends Changed {
  as: string;
  ours: Reading;
}

const pythonReads = new Set(["yaml", "toml", "junit", "mlflow-sqlite"]);
/**
 * Where Python's readers are stricter than ours, which reads the same values: YAML 1.2 has tabs inside of names; an indentation that is off by
 * some blanks; `<<` as a value is a text; TOML 1.1 has line ends and a last comma in inline tables; XML without namespaces has prefixes that nothing binds.
 */
const stricter: Readonly<Record<string, RegExp>> = {
  yaml: /found character '\\t' that cannot start any token|expected '<document start>', but found|while parsing a block mapping|tag:yaml.org,2002:merge/,
  toml: /Invalid initial character for a key part|Unclosed inline table/,
  junit: /unbound prefix/,
};

/** Reads each file, and holds what is read against a second reading. Gives the formats that were read. */
export async function judgeMetrics(files: Iterable<Changed>, all: Tally): Promise<Set<string>> {
  const reached = new Set<string>();
  const asked: Asked[] = [];
  for (const changed of files) {
    const { path, bytes } = changed;
    const { outcome, took } = await attempt(() => metricsOf(path, bytes));
    const wrong = (why: string): number => all.wrong.push({ path, bytes, why });
    all.slowest = Math.max(all.slowest, took);
    if (took > hangLimit) wrong(`took ${took} ms`);
    if ("crashed" in outcome) {
      all.crashed += 1;
      wrong(outcome.crashed);
    } else if ("refused" in outcome) {
      all.refused += 1;
      all.codes.set(outcome.refused, (all.codes.get(outcome.refused) ?? 0) + 1);
    } else {
      all.read += 1;
      const { format } = outcome.read;
      reached.add(format);
      const ours = readingOf(outcome.read);
      if (pythonReads.has(format)) asked.push({ ...changed, as: format, ours });
      else {
        const theirs = await second(format, changed, outcome.read);
        if (theirs === undefined) continue;
        all.compared += 1;
        const found = typeof theirs === "string" ? theirs : difference(ours, theirs);
        if (found !== undefined) wrong(`as ${format}: ${found}`);
      }
    }
  }
  const said = askPython(asked);
  for (const [index, { path, bytes, before, as, ours }] of asked.entries()) {
    const { read, refused = "" } = said[index] ?? {};
    all.compared += 1;
    const unchanged = as === "mlflow-sqlite" && before !== undefined ? await metricsOf(path, before) : undefined;
    const theirs = read !== undefined ? namedReading(read) : unchanged && readingOf(unchanged);
    if (theirs === undefined && stricter[as]?.test(refused) === true) continue;
    const found = theirs === undefined ? `Python refuses it: ${refused}` : difference(ours, theirs);
    if (found !== undefined) all.wrong.push({ path, bytes, why: `as ${as}: ${found}` });
  }
  return reached;
}

async function second(
  format: string,
  { path, bytes, before }: Changed,
  now: Awaited<ReturnType<typeof metricsOf>>,
): Promise<Reading | string | undefined> {
  const text = Buffer.from(bytes).toString("utf8");
  try {
    if (hasReading(format)) return jsonReading(format, text);
    if (hasTextReading(format, text)) return textReading(format, text, path);
  } catch (thrown) {
    return `the second reading refuses it: ${String(thrown)}`;
  }
  return format === "tensorboard" && extname(path) !== "" && before !== undefined
    ? firstPoints(now, await metricsOf(path, before))
    : undefined;
}

/** Checksums let nothing change but where a file ends: the points are then the first of those before. */
function firstPoints(
  now: Awaited<ReturnType<typeof metricsOf>>,
  before: Awaited<ReturnType<typeof metricsOf>>,
): Reading {
  const last = now.curves.map(({ name, points }): [string, number | undefined] => {
    const whole = before.curves.find((curve) => curve.name === name)?.points ?? [];
    const same = JSON.stringify(whole.slice(0, points.length)) === JSON.stringify(points);
    return [name, same ? whole[points.length - 1]?.[1] : undefined];
  });
  const single = now.metrics.filter(({ name }) => !last.some(([curve]) => curve === name));
  const first = single.map(({ name }): [string, number | undefined] => [
    name,
    before.curves.find((curve) => curve.name === name)?.points[0]?.[1],
  ]);
  return readingOf({
    metrics: [...last, ...first].map(([name, value]) => ({
      name,
      from: { file: "", format: "" },
      ...(value === undefined ? { undefined: "changed" } : { value }),
    })),
  });
}

function namedReading(read: unknown): Reading {
  return new Map(
    Object.entries(Object(read)).map(([name, value]) => [
      JSON.stringify([name, []]),
      typeof value === "number" ? value : undefined,
    ]),
  );
}
