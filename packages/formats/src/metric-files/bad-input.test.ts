import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { metricFormats } from "./format-list.ts";
import { readMetrics } from "./read-metrics.ts";

const read = (path: string, content: string | Uint8Array) => readMetrics(memorySource(path, content));
const exampleOf = (format: string): Uint8Array => {
  const example = metricFormats.find(({ name }) => name === format)?.example;
  return example?.base64 === undefined
    ? Buffer.from(example?.text ?? "", "utf8")
    : Buffer.from(example.base64, "base64");
};
const pathOf = (format: string): string => metricFormats.find(({ name }) => name === format)?.example.path ?? "";
const nested: Readonly<Record<string, (levels: number) => string>> = {
  "m.json": (levels) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`,
  "m.yaml": (levels) =>
    `${Array.from({ length: Math.min(levels, 2000) }, (_, level) => `${" ".repeat(level)}a:`).join("\n")} 1\n`,
  "flow.yaml": (levels) => `a: ${"{a: ".repeat(levels - 1)}1${"}".repeat(levels - 1)}\n`,
  "m.toml": (levels) =>
    `[${Array(levels - 1)
      .fill("a")
      .join(".")}]\na = 1\n`,
  "m.xml": (levels) =>
    `${"<testsuite>".repeat(levels - 2)}<properties><property name="a" value="1"/></properties>${"</testsuite>".repeat(levels - 2)}`,
};

describe("a value that is no finite number", () => {
  it.each([
    ["NaN", "m.json", '{"a": 1,\n"b": NaN}', "not-finite"],
    ["Infinity", "m.json", '{"a": 1,\n"b": -Infinity}', "not-finite"],
    ["1e999", "m.json", '{"a": 1,\n"b": 1e999}', "not-finite"],
    ["null", "m.json", '{"a": 1,\n"b": null}', "null"],
    [".nan in YAML", "m.yaml", "a: 1\nb: .nan\n", "not-finite"],
    ["1e999 in YAML", "m.yaml", "a: 1\nb: 1e999\n", "not-finite"],
    ["null in YAML", "m.yaml", "a: 1\nb: ~\n", "null"],
    ["inf in TOML", "m.toml", "a = 1\nb = inf\n", "not-finite"],
    ["nan in a table", "m.csv", "metric,value\nb,nan\n", "not-finite"],
    ["an empty cell of a table", "m.csv", "metric,value\nb,\n", "null"],
    ["inf in lines", "m.env", "a=1\nb=inf\n", "not-finite"],
  ])("%s is a metric without a value, with its line", async (_, path, text, why) => {
    const { metrics } = await read(path, text);
    const found = metrics.find(({ name }) => name === "b");
    expect(found).toMatchObject({ undefined: why, from: { file: path, line: 2 } });
    expect(found).not.toHaveProperty("value");
  });

  it.each([
    ["true", '{"a": 1, "b": true}'],
    ["false", '{"a": 1, "b": false}'],
    ["a list", '{"a": 1, "b": [1, 2]}'],
    ["a text", '{"a": 1, "b": "high"}'],
  ])("%s is left out, and a note names it", async (_, text) => {
    const { metrics, notes } = await read("m.json", text);
    expect(metrics.map(({ name }) => name)).toEqual(["a"]);
    expect(notes).toMatchObject([{ code: "values-ignored", text: expect.stringContaining('"b"') }]);
  });
});

describe("a file that cannot be read is refused with its name, the place and the next step", () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a": 1}', "utf16le")]);
  const yamlBomb = `a: &a [1]\n${Array.from({ length: 30 }, (_, k) => `${"bcdefghijklmnopqrstuvwxyzABCDE"[k]}: &${"bcdefghijklmnopqrstuvwxyzABCDE"[k]} [${k === 0 ? "*a,*a" : `*${"abcdefghijklmnopqrstuvwxyzABCDE"[k]},*${"abcdefghijklmnopqrstuvwxyzABCDE"[k]}`}]`).join("\n")}\n`;
  const xmlBomb =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<testsuites><testsuite name="&b;"/></testsuites>';
  it.each([
    ["a number as text", "m.json", '{\n"a": "0.95"}', "metric-is-text", 2],
    ["a number as text in YAML", "m.yaml", "x: 1\na: '0.95'\n", "metric-is-text", 2],
    ["a number as text in TOML", "m.toml", 'x = 1\na = "0.95"\n', "metric-is-text", 2],
    ["a key that stands twice", "m.json", '{"a": 1,\n"a": 2}', "duplicate-key", 2],
    ["a key that stands twice in YAML", "m.yaml", "a: 1\na: 2\n", "duplicate-key", 2],
    ["a key that stands twice in TOML", "m.toml", "a = 1\na = 2\n", "toml-syntax", 2],
    ["a decimal comma in lines", "m.txt", "loss=0.5\naccuracy=0,9\n", "decimal-comma", 2],
    ["a decimal comma in the first line", "m.txt", "accuracy=0,9\nloss=0.5\n", "decimal-comma", 1],
    ["a decimal comma in lines called a table", "m.csv", "accuracy=0,9\n", "decimal-comma", 1],
    ["a decimal comma in a quoted cell", "m.csv", 'metric,value\na,1\nb,"0,9"\n', "decimal-comma", 3],
    ["a decimal comma between semicolons", "m.csv", "metric;value\nb;-0,9\n", "decimal-comma", 2],
    ["an n with a fraction in a table", "m.csv", "metric,value,n\na,1,10\nb,0.9,0.85\n", "metric-field", 3],
    ["an n with a fraction in a list", "m.json", '[\n{"name": "b", "value": 0.9, "n": 0.85}]', "metric-field", 2],
    ["an n below 0 in a list", "m.json", '[\n{"name": "b", "value": 0.9, "n": -1}]', "metric-field", 2],
    [
      "a DataFrame of a classification report",
      "report.json",
      '{"a": {"precision": 0.9, "recall": 0.8, "f1-score": 0.85, "support": 50.0},\n"accuracy": {"precision": 0.85, "recall": 0.85, "f1-score": 0.85, "support": 0.85},\n"macro avg": {"precision": 0.9, "recall": 0.8, "f1-score": 0.85, "support": 50.0}}',
      "metric-shape",
      2,
    ],
    [
      "a fold that is a text",
      "cv.json",
      '{"fit_time": [1], "score_time": [1],\n"test_score": ["a"]}',
      "metric-field",
      2,
    ],
    ["a metric that stands twice", "m.csv", "metric,value\na,1\na,2\n", "duplicate-metric", 3],
    ["UTF-16", "m.json", utf16, "not-utf8", 1],
    ["invalid UTF-8", "m.json", Buffer.from('{"a": 1,\n"\xc3(": 2}', "latin1"), "not-utf8", 2],
    ["a NUL byte", "m.json", '{"a": 1,\n"b\0": 2}', "nul-byte", 2],
    ["a YAML bomb", "m.yaml", yamlBomb, "yaml-alias", 2],
    ["an XML bomb", "junit.xml", xmlBomb, "xml-dtd", 1],
    ["an unknown entity", "junit.xml", '<testsuites>\n<testsuite name="&b;"/></testsuites>', "xml-entity", 2],
    ["an empty file", "m.json", "", "file-empty", undefined],
    ["blanks", "m.json", " \n ", "json-truncated", 2],
    ["a file of no format", "m.bin", "hello\nworld", "format-unknown", 1],
    ["a name of 201 characters", "m.json", `{"a": 1,\n"${"x".repeat(201)}": 2}`, "name-too-long", 2],
    ["a name of nothing", "m.json", '{"a": 1,\n"": 2}', "name-empty", 2],
    ["half of a surrogate pair in JSON", "m.json", '{"a": 1,\n"b\\ud800": 2}', "not-utf8", 2],
    [
      "half of a surrogate pair in our list",
      "m.json",
      '[{"name": "a", "value": 1},\n{"name": "\\udc00b", "value": 2}]',
      "not-utf8",
      2,
    ],
    [
      "half of a surrogate pair in a slice",
      "m.json",
      '[\n{"name": "a", "value": 1, "slice": {"c": "\\ud800"}}]',
      "not-utf8",
      2,
    ],
    [
      "two tools at once",
      "m.json",
      '{"machine_info": {}, "commit_info": {}, "benchmarks": [], "log_history": [], "global_step": 1}',
      "format-ambiguous",
      1,
    ],
  ] as const)("%s", async (_, path, content, code, line) => {
    const problem = await problemOf(() => read(path, content));
    expect(problem).toMatchObject({ code, where: { file: path, ...(line === undefined ? {} : { line }) } });
    expect(problem.text).toContain(path);
    expect(problem.next).toMatch(/[.?]$/);
  });

  it.each(Object.entries(nested))("65 levels and 1,000 in %s, where 64 are read", async (path, of) => {
    expect((await read(path, of(64))).metrics).toHaveLength(1);
    const before = process.memoryUsage().heapUsed;
    for (const levels of [65, 1_000]) {
      const problem = await problemOf(() => read(path, of(levels)));
      expect(problem, String(levels)).toMatchObject({ code: "too-deep", where: { file: path } });
      expect(problem.next).toMatch(/\.$/);
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
  });

  it.each([
    ["tensorboard", "record-damaged"],
    ["mlflow-sqlite", "sqlite-damaged"],
  ])(
    "a changed byte of a %s file is found by its checksum or its structure, and the place is told",
    async (format, code) => {
      const bytes = Buffer.from(exampleOf(format));
      if (format === "tensorboard") bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1;
      else bytes.fill(0xff, 100, 108);
      const problem = await problemOf(() => read(pathOf(format), bytes));
      expect(problem).toMatchObject({ code, where: { file: pathOf(format) } });
      expect(problem.text).toMatch(/byte \d+|page \d+/);
    },
  );

  const cut = metricFormats.filter(({ example }) => example.text?.trimStart().match(/^[{<]/));
  it.each(cut.map(({ name, example }) => [name, example.path, example.text ?? ""] as const))(
    "%s cut before its last bracket, wherever",
    async (_, path, text) => {
      const end = text.trimEnd().length;
      for (const at of [1, 0.25, 0.5, 0.75, 1].map((part, index) => (index === 0 ? 1 : Math.floor((end - 1) * part)))) {
        const problem = await problemOf(() => read(path, text.slice(0, at)));
        expect(problem.code, `cut at ${at}`).toMatch(/^(json-truncated|xml-syntax|json-syntax|format-unknown)$/);
        expect(problem.where?.file).toBe(path);
        expect(problem.where?.line).toBeGreaterThan(0);
      }
    },
  );

  it("a name of 200 characters is read", async () => {
    const name = "x".repeat(200);
    expect((await read("m.json", `{"${name}": 1}`)).metrics).toMatchObject([{ name, value: 1 }]);
  });

  it("__proto__ is a name like others, and nothing else gets it", async () => {
    const { metrics } = await read(
      "m.json",
      '{"__proto__": 1, "constructor": {"prototype": 2}, "a": {"__proto__": 3}}',
    );
    expect(metrics.map(({ name, value }) => [name, value])).toEqual([
      ["__proto__", 1],
      ["constructor.prototype", 2],
      ["a.__proto__", 3],
    ]);
    expect((await read("m.yaml", "__proto__: 1\n")).metrics).toMatchObject([{ name: "__proto__", value: 1 }]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("a file of more than 100 MB is refused before it is read", async () => {
    let most = 0;
    const size = 100_000_001;
    const slice = async (start: number, end: number) => {
      most += end - start;
      return Buffer.alloc(Math.min(end, size) - start, '{"a": 1} ');
    };
    const source = {
      name: "m.json",
      size,
      slice,
      async *stream() {
        yield await slice(0, size);
      },
    };
    expect(await problemOf(() => readMetrics(source))).toMatchObject({
      code: "file-too-large",
      where: { file: "m.json" },
    });
    expect(most).toBeLessThan(200_000);
  });
});
