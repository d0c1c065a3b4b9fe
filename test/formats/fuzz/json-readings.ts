/*
 * What the metric formats that are JSON say, read a second time with JSON.parse and a few lines each, in no way of the readers under test.
 * A reading is name and slice to value; a value that is not finite, or null, is undefined.
 */

export type Reading = Map<string, number | undefined>;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** How a metric is named in a reading. */
export const place = (name: string, slice: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify([name.normalize("NFC"), Object.entries(slice).sort()]);

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const entries = (value: Json | undefined): [string, Json][] => (isObject(value) ? Object.entries(value) : []);
const items = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const part = (value: Json | undefined, ...keys: string[]): Json | undefined =>
  keys.reduce<Json | undefined>((now, key) => (isObject(now) && Object.hasOwn(now, key) ? now[key] : undefined), value);
const cut = (text: string): string => text.slice(0, 200);

/** Python's words for numbers that are not finite become a number that overflows: they are values too, and no finite ones. */
function parsed(text: string): Json {
  const words = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : "1e999",
  );
  return JSON.parse(words.replace(/^\ufeff/, ""));
}

function flat(value: Json, name = ""): [string, Json][] {
  if (!isObject(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, one]) => flat(one, name === "" ? key : `${name}.${key}`));
}

const measured = (pairs: readonly (readonly [string, Json | undefined])[], nulls: boolean): Reading =>
  new Map(
    pairs.flatMap(([name, value]): [string, number | undefined][] => {
      if (typeof value === "number") return [[name, Number.isFinite(value) ? value : undefined]];
      return nulls && value === null ? [[name, undefined]] : [];
    }),
  );
const numbers = (pairs: readonly (readonly [string, Json | undefined])[]): Reading => measured(pairs, false);

/** The last number of each list of a history. */
function histories(lists: readonly [string, Json[]][]): Reading {
  return numbers(lists.map(([name, list]): [string, Json | undefined] => [place(name), list.at(-1)]));
}

/** The sum by parts that do not overlap (Shewchuk 1997), which is the nearest number to the true one. */
function exactSum(values: readonly number[]): number {
  let parts: number[] = [];
  for (const value of values) {
    const kept: number[] = [];
    let whole = value;
    for (const part of parts) {
      const [large, small] = Math.abs(whole) >= Math.abs(part) ? [whole, part] : [part, whole];
      whole = large + small;
      kept.push(small - (whole - large));
    }
    parts = [...kept, whole];
  }
  return parts.reduceRight((total, part) => total + part, 0);
}

const readings: Readonly<Record<string, (root: Json) => Reading>> = {
  json: (root) =>
    measured(
      flat(root).map(([name, value]) => [place(name), value]),
      true,
    ),
  dvclive: (root) =>
    measured(
      flat(root).map(([name, value]) => [place(name), value]),
      true,
    ),
  "hf-trainer": (root) =>
    measured(
      flat(root).map(([name, value]) => [place(name), value]),
      true,
    ),
  "wandb-summary": (root) => {
    const kept = entries(root).filter(([key, value]) => !key.startsWith("_") && part(value, "_type") === undefined);
    return measured(
      kept.flatMap(([key, value]) => flat(value, key)).map(([name, value]) => [place(name), value]),
      true,
    );
  },
  "hf-trainer-state": (root) => {
    const last = new Map<string, Json>();
    for (const row of items(part(root, "log_history")))
      for (const [key, value] of entries(row))
        if (typeof value === "number" && key !== "step" && key !== "") last.set(place(key), value);
    return numbers([...last]);
  },
  "sklearn-report": (root) => {
    const averages = ["micro avg", "macro avg", "weighted avg", "samples avg"];
    const measures = ["precision", "recall", "f1-score"];
    return numbers(
      entries(root).flatMap(([key, value]): [string, Json][] =>
        !isObject(value)
          ? [[place(key), value]]
          : entries(value)
              .filter(([measure]) => measure !== "support")
              .map(([measure, one]) =>
                averages.includes(key) || !measures.includes(measure)
                  ? [place(`${key}.${measure}`), one]
                  : [place(measure, { class: cut(key) }), one],
              ),
      ),
    );
  },
  "sklearn-cv": (root) =>
    measured(
      entries(root).flatMap(([key, value]): [string, Json][] => {
        if (!/^(?:test|train)_/.test(key) || !Array.isArray(value) || value.length === 0) return [];
        const mean = exactSum(value.map((one) => (typeof one === "number" ? one : Number.NaN))) / value.length;
        return [[place(key), mean]];
      }),
      true,
    ),
  "lm-eval": (root) => {
    const aside = ["alias", "name", "sample_len", "sample_count", " "];
    const found: [string, Json][] = [];
    for (const tasks of ["groups", "results"])
      for (const [task, values] of entries(part(root, tasks)))
        for (const [key, value] of entries(values)) {
          const [metric = "", filter = "none"] = key.split(",");
          if (aside.includes(key) || metric.endsWith("_stderr")) continue;
          const name = place(`${task}.${metric}${filter === "none" ? "" : `,${filter}`}`);
          found.push([name, value === "N/A" ? null : value]);
        }
    return measured(found, true);
  },
  evidently: (root) => {
    const found: [string, Json][] = [];
    for (const entry of items(part(root, "metrics"))) {
      const title = part(entry, "metric_name");
      const name = String(typeof title === "string" ? title : part(entry, "metric_id"));
      const value = part(entry, "value") ?? null;
      const plain = (text: string) => text.replace(/\(\)(?=$|\.)/, "");
      const walk = (at: string, one: Json): void => {
        if (!isObject(one)) found.push([place(plain(at)), one]);
        else if (/ByLabel\b/.test(at))
          found.push(
            ...entries(one)
              .filter(([, number]) => number !== null)
              .map(([key, number]): [string, Json] => [place(plain(at), { label: cut(key) }), number]),
          );
        else for (const [key, inner] of entries(one)) walk(`${plain(at)}.${key}`, inner);
      };
      walk(name, value);
    }
    return measured(found, true);
  },
  "pytest-benchmark": (root) =>
    numbers(
      items(part(root, "benchmarks")).flatMap((one): [string, Json | undefined][] => {
        const full = part(one, "fullname");
        const name = String(typeof full === "string" ? full : part(one, "name"));
        return [
          [place(name), part(one, "stats", "mean")],
          [place(`${name}.median`), part(one, "stats", "median")],
          ...entries(part(one, "extra_info")).map(([key, value]): [string, Json] => [place(`${name}.${key}`), value]),
        ];
      }),
    ),
  k6: (root) =>
    numbers(
      entries(part(root, "metrics")).flatMap(([key, value]) =>
        entries(part(value, "values") ?? value)
          .filter(([name]) => name !== "thresholds")
          .map(([name, one]): [string, Json] => [place(`${key}.${name}`), one]),
      ),
    ),
  "locust-json": (root) => {
    const found: Reading = new Map();
    const sums = [0, 0, 0, 0];
    const add = ([n = 0, failures = 0, time = 0, longest = 0]: number[], slice: Record<string, string>) => {
      const kept = (value: number) => (n > 0 && Number.isFinite(value) ? value : undefined);
      found.set(place("response_time.mean", slice), kept(time / n));
      found.set(place("response_time.max", slice), kept(longest));
      found.set(place("failure_rate", slice), kept(failures / n));
    };
    for (const entry of items(root)) {
      const [n = 0, failures = 0, time = 0, longest = 0] = [
        "num_requests",
        "num_failures",
        "total_response_time",
        "max_response_time",
      ].map((key) => Number(part(entry, key)));
      [n, failures, time].forEach((value, index) => {
        sums[index] = (sums[index] ?? 0) + value;
      });
      sums[3] = Math.max(sums[3] ?? 0, longest);
      const word = (key: string) => (typeof part(entry, key) === "string" ? part(entry, key) : "");
      add([n, failures, time, longest], { request: cut(`${word("method")} ${word("name")}`.trim()) });
    }
    add(sums, {});
    return found;
  },
  "catboost-json": (root) => {
    const found: [string, Json[]][] = [];
    for (const kind of ["learn", "test"])
      for (const set of items(part(root, "meta", `${kind}_sets`)))
        items(part(root, "meta", `${kind}_metrics`)).forEach((metric, index) => {
          const name = typeof set === "string" ? set : kind;
          const values = items(part(root, "iterations")).flatMap((row) => {
            const value = items(part(row, name))[index];
            return typeof value === "number" ? [value] : [];
          });
          found.push([`${name}.${part(metric, "name")}`, values]);
        });
    return histories(found.filter(([, values]) => values.length > 0));
  },
  "history-json": (root) => {
    const lists = entries(root).flatMap(([key, value]): [string, Json[]][] =>
      typeof value === "number"
        ? [[key, [value]]]
        : Array.isArray(value)
          ? [[key, value]]
          : entries(value).map(([inner, list]) => [`${key}.${inner}`, items(list)]),
    );
    const names = new Set(lists.map(([name]) => name));
    return histories(lists.map(([name, list]) => [names.has(`val_${name}`) ? `train_${name}` : name, list]));
  },
  metricgate: (root) => {
    const list = Array.isArray(root) ? root : items(part(root, "metrics"));
    return new Map(
      list.map((one) => {
        const slice = Object.fromEntries(entries(part(one, "slice")).map(([key, value]) => [key, String(value)]));
        const value = part(one, "value");
        return [
          place(String(part(one, "name")), slice),
          typeof value === "number" && Number.isFinite(value) ? value : undefined,
        ];
      }),
    );
  },
  promptfoo: (root) => {
    const found: Reading = new Map();
    const prompts = items(part(root, "results", "prompts"));
    prompts.forEach((prompt, index) => {
      const words = [index, part(prompt, "provider"), part(prompt, "label")];
      const slice =
        prompts.length === 1
          ? {}
          : { prompt: cut(words.filter((word, at) => at === 0 || typeof word === "string").join(" ")) };
      const number = (key: string) => {
        const value = part(prompt, "metrics", key);
        return typeof value === "number" ? value : undefined;
      };
      const [passed = 0, failed = 0, errors = 0] = ["testPassCount", "testFailCount", "testErrorCount"].map(number);
      const n = passed + failed + errors;
      if (n === 0) return;
      const set = (name: string, value: number) =>
        found.set(place(name, slice), Number.isFinite(value) ? value : undefined);
      set("pass_rate", passed / n);
      set("errors", errors);
      const [latency, cost] = [number("totalLatencyMs"), number("cost")];
      if (latency !== undefined) set("latency_ms", latency / n);
      if (cost !== undefined) set("cost", cost / n);
      for (const [key, value] of entries(part(prompt, "metrics", "namedScores"))) {
        if (typeof value !== "number") continue;
        const weights = ["namedScoreWeights", "namedScoresCount"].map((map) => part(prompt, "metrics", map, key));
        const weight = weights.find((one) => typeof one === "number");
        set(key, typeof weight === "number" && weight !== 0 ? value / weight : Number.NaN);
      }
    });
    return found;
  },
};

/** Whether a format has a second reading here. */
export const hasReading = (format: string): boolean => Object.hasOwn(readings, format);

/** The second reading of a text. @throws where JSON.parse does */
export function jsonReading(format: string, text: string): Reading {
  const reading = readings[format];
  if (reading === undefined) throw new Error(`no reading of ${format}`);
  return reading(parsed(text));
}
