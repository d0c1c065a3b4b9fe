import { metric as metricSchema } from "@metricgate/core/documents/evaluation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { readMetrics } from "./read-metrics.ts";

const read = (name: string, content: string | Uint8Array) => readMetrics(memorySource(name, content));

describe("the metrics of a file", () => {
  it("nested JSON becomes dotted names, with directions by name and lines", async () => {
    const { metrics, format, notes } = await read(
      "m.json",
      '{\n "accuracy": 0.93,\n "test": {"loss": 0.2, "model_size": 3},\n "name": "resnet", "ok": true, "list": [1]}',
    );
    expect(format).toBe("json");
    expect(metrics).toEqual([
      { name: "accuracy", value: 0.93, direction: "up", from: { file: "m.json", format: "json", line: 2 } },
      { name: "test.loss", value: 0.2, direction: "down", from: { file: "m.json", format: "json", line: 3 } },
      { name: "test.model_size", value: 3, direction: "down", from: { file: "m.json", format: "json", line: 3 } },
    ]);
    expect(notes).toEqual([
      {
        code: "values-ignored",
        text: 'Not numbers, so not read from m.json: "name" (a text), "ok" (true or false), "list" (a list).',
      },
    ]);
  });

  it.each([
    ["NaN", "not-finite"],
    ["Infinity", "not-finite"],
    ["-Infinity", "not-finite"],
    ["1e999", "not-finite"],
    ["null", "null"],
  ])("%s is a metric without a value", async (token, reason) => {
    const { metrics } = await read("m.json", `{"a":1,\n"loss": ${token}}`);
    expect(metrics[1]).toEqual({
      name: "loss",
      undefined: reason,
      direction: "down",
      from: { file: "m.json", format: "json", line: 2 },
    });
  });

  it.each([
    ["m.yaml", "loss: .nan\n"],
    ["m.csv", "metric,value\nloss,nan\n"],
    ["m.csv", "loss,-inf\n"],
    ["m.json", '[{"name":"loss","value":NaN}]'],
  ])("a value in %s that is not finite is never a number: %j", async (name, text) => {
    const { metrics } = await read(name, text);
    expect(metrics).toMatchObject([{ name: "loss", undefined: "not-finite" }]);
    expect(metrics[0]).not.toHaveProperty("value");
  });

  it("our own list keeps every field", async () => {
    const one = {
      name: "p95_ms",
      slice: { c: "BR" },
      value: 12,
      direction: "near",
      target: 10,
      unit: "ms",
      n: 96,
      stderr: 0.5,
      interval: { low: 11, high: 13, level: 0.95, method: "t" },
      repeats: [12, 12.5],
    };
    for (const text of [JSON.stringify([one]), JSON.stringify({ kind: "metricgate/evaluation@1", metrics: [one] })]) {
      const { metrics, format } = await read("m.json", text);
      expect(format).toBe("metricgate");
      expect(metrics).toEqual([{ ...one, from: { file: "m.json", format: "metricgate", line: 1 } }]);
    }
  });

  it("the same name for two slices is two metrics", async () => {
    const { metrics } = await read(
      "m.json",
      '[{"name":"f1","value":1,"slice":{"c":"a"}},{"name":"f1","value":1,"slice":{"c":"b"}},{"name":"f1","value":1}]',
    );
    expect(metrics).toHaveLength(3);
  });

  it.each([
    ["m.csv", "metric,value,unit\naccuracy,0.9,\nlatency,3,ms\n"],
    ["m.tsv", "value\tmetric\tunit\r\n0.9\taccuracy\t\r\n3\tlatency\tms\r\n"],
    ["plain", '"accuracy",0.9,\nlatency,3,ms'],
  ])("a table %s", async (name, text) => {
    const { metrics } = await read(name, text);
    expect(metrics).toMatchObject([
      { name: "accuracy", value: 0.9, direction: "up" },
      { name: "latency", value: 3, unit: "ms", direction: "down" },
    ]);
  });

  it("YAML is found by its content too, and a byte order mark does no harm", async () => {
    expect((await read("metrics", "\ufeffaccuracy: 0.9\n")).format).toBe("yaml");
    expect((await read("metrics", '\ufeff{"accuracy": 0.9}')).format).toBe("json");
  });

  it("metrics of the run get no direction by their name", async () => {
    const { metrics } = await read("m.json", '{"train_loss":1,"eval_runtime":3}');
    expect(metrics.map((m) => m.direction)).toEqual([undefined, undefined]);
  });

  it("names are NFC, and look-alikes, hidden characters and case twins are noted", async () => {
    const { metrics, notes } = await read("m.json", '{"cafe\\u0301":1,"\\u0430ccuracy":1,"F1":1,"f1":2,"a\\u202eb":3}');
    expect(metrics[0]?.name).toBe("café");
    expect(notes.map((note) => note.code)).toEqual(["name-lookalike", "name-similar", "name-hidden"]);
    expect(notes.map((note) => note.text).join()).toContain("\\u{430}");
    expect(notes.map((note) => note.text).join()).toContain("\\u{202e}");
  });

  it.each([
    ["m.json", "", "file-empty", undefined],
    ["m.json", "  \n", "json-truncated", 2],
    ["m.json", "{}", "no-metrics", 1],
    ["m.json", '{"a":"x"}', "no-metrics", 1],
    ["m.json", "3", "metric-shape", 1],
    ["m.json", '{"a":\n"0.95"}', "metric-is-text", 2],
    ["m.json", '{"a":"NaN"}', "metric-is-text", 1],
    ["m.json", '{"a":" -1e5 "}', "metric-is-text", 1],
    ["m.json", '{"a":1,\n"a":2}', "duplicate-key", 2],
    ["m.json", '{"a.b":1,\n"a":{"b":2}}', "duplicate-metric", 2],
    ["m.json", '{"caf\\u00e9":1,\n"cafe\\u0301":2}', "duplicate-metric", 2],
    ["m.json", '[{"name":"a","value":1},\n{"name":"a","value":1}]', "duplicate-metric", 2],
    ["m.json", '{"":1}', "name-empty", 1],
    ["m.json", `{"${"x".repeat(201)}":1}`, "name-too-long", 1],
    ["m.json", '{"a":1', "json-truncated", 1],
    ["m.json", '{"a":1}\n]', "json-syntax", 2],
    ["m.json", `${'{"a":'.repeat(70)}1${"}".repeat(70)}`, "too-deep", 1],
    ["m.json", '[{"value":1}]', "metric-shape", 1],
    ["m.json", '[{"name":"a"}]', "metric-shape", 1],
    ["m.json", "[1]", "metric-shape", 1],
    ["m.json", '[{"name":"a","value":"0.9"}]', "metric-is-text", 1],
    ["m.json", '[{"name":"a","value":true}]', "metric-field", 1],
    ["m.json", '[{"name":"a","value":1,\n"direction":"higher"}]', "metric-field", 2],
    ["m.json", '[{"name":"a","value":1,"stderr":-1}]', "metric-field", 1],
    ["m.json", '[{"name":"a","value":1,"stderr":NaN}]', "metric-field", 1],
    ["m.json", '[{"name":"a","value":1,"repeats":[1,NaN]}]', "metric-field", 1],
    ["m.json", '[{"name":"a","value":1,"unit":"much too long a unit"}]', "metric-field", 1],
    ["m.json", '[{"name":"a","value":1,"interval":{"low":2,"high":1,"level":0.9,"method":"t"}}]', "metric-field", 1],
    ["m.json", '[{"name":"a","value":1,"slice":{"__proto__":"x"}}]', "metric-field", 1],
    ["m.yaml", "a: '0.95'\n", "metric-is-text", 1],
    ["m.yaml", "a: 1\nb: &x 2\nc: *x\n", "yaml-alias", 3],
    ["m.csv", "metric,value\na,high\n", "metric-field", 2],
    ["m.csv", "metric,value\na,1\nb\n", "row-ragged", 3],
    ["m.csv", "metric,value\na,1\na,2\n", "duplicate-metric", 3],
    ["m.csv", "metric,value\n", "no-metrics", 1],
    ["m.csv", "round,loss\n1,0.5\n", "metric-shape", 1],
    ["m.csv", 'metric,value\n"a,1\n', "quote-open", 2],
    ["notes.txt", "hello world", "format-unknown", 1],
  ])("%s %j is refused as %s", async (name, text, code, line) => {
    const problem = await problemOf(() => read(name, text));
    expect(problem).toMatchObject({ code, where: { file: name, ...(line === undefined ? {} : { line }) } });
    expect(problem.next).toMatch(/\.$/);
  });

  it("more than 100,000 metrics are refused, and 100,000 are read in seconds", async () => {
    const text = (count: number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, i])));
    const start = process.cpuUsage();
    expect((await read("m.json", text(100_000))).metrics).toHaveLength(100_000);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(5000);
    expect((await problemOf(() => read("m.json", text(100_001)))).code).toBe("too-many-metrics");
  });

  it.each([
    ["EISDIR", "is-a-directory"],
    ["ENOENT", "file-missing"],
    ["EACCES", "file-unreadable"],
  ])("%s is said in the user's words", async (system, code) => {
    const source = {
      ...memorySource("out", "x"),
      slice: () => Promise.reject(Object.assign(new Error("system"), { code: system })),
    };
    expect((await problemOf(() => readMetrics(source))).code).toBe(code);
  });

  it("a file over the limit, or cut while it is read, is refused", async () => {
    const large = { ...memorySource("m.json", "{}"), size: 100_000_001 };
    expect((await problemOf(() => readMetrics(large))).code).toBe("file-too-large");
    const cut = { ...memorySource("m.json", "{}"), size: 9 };
    expect((await problemOf(() => readMetrics(cut))).code).toBe("file-changed");
  });

  it("no mutated bytes crash it, and what is read fits the schema", async () => {
    const seeds = [
      '{"a":{"b":1,"c":null},"__proto__":2}',
      '[{"name":"x","value":1,"slice":{"k":"v"}}]',
      "a: 1\nb:\n  c: 2\n",
      "metric,value\na,1\n",
    ];
    const change = fc.record({ at: fc.nat(60), byte: fc.nat(255), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(change, { maxLength: 4 }),
        fc.constantFrom("m.json", "m.yaml", "m.csv", "m"),
        async (seed, changes, name) => {
          let bytes: Uint8Array = new TextEncoder().encode(seed);
          for (const { at, byte, cut } of changes) {
            if (cut) bytes = bytes.slice(0, at);
            else bytes[at % Math.max(1, bytes.length)] = byte;
          }
          try {
            for (const metric of (await read(name, bytes)).metrics)
              expect(metricSchema.safeParse(metric).success).toBe(true);
          } catch (error) {
            expect((error as Error).name, String(error)).toBe("UserError");
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
