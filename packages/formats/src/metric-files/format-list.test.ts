import { curve as curveSchema, metric as metricSchema } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";
import { metricFormats } from "./format-list.ts";
import type { MetricFormat } from "./metric-format.ts";
import { type ReadMetrics, readMetrics } from "./read-metrics.ts";

/** Files that examples name. */
const beside = new Map([["metrics.json", '{"test": {"accuracy": 0.93}}']]);

const bytesOf = ({ example }: MetricFormat): Uint8Array =>
  example.base64 === undefined ? new TextEncoder().encode(example.text) : Buffer.from(example.base64, "base64");

const read = (path: string, bytes: Uint8Array | string): Promise<ReadMetrics> =>
  readMetrics(memorySource(path, bytes), {
    open: async (relative) => {
      const text = beside.get(relative);
      if (text === undefined)
        throw new UserError("file-missing", `${relative} does not exist`, "Check it.", { file: relative });
      return memorySource(relative, text);
    },
  });

const placeOf = ({ name, slice }: { name: string; slice?: Record<string, string> | undefined }) =>
  JSON.stringify([name, slice ?? {}]);

/** Hand-written line formats, whose grammar cannot tell a cut last number; they say so in a note. */
const openEnded = new Set(["table", "yaml", "toml", "key-value"]);

describe.each(metricFormats.map((format) => [format.name, format] as const))("%s", (name, format) => {
  it("reads its own example, by itself and when it is named, and says all that the docs need", async () => {
    const whole = await read(format.example.path, bytesOf(format));
    expect(whole.format).toBe(name);
    expect(whole.metrics.length).toBeGreaterThan(0);
    for (const metric of whole.metrics)
      expect(metricSchema.safeParse(metric).success, JSON.stringify(metric)).toBe(true);
    for (const curve of whole.curves) expect(curveSchema.safeParse(curve).success).toBe(true);
    const named = await readMetrics(memorySource(format.example.path, bytesOf(format)), {
      format: name,
      open: async (path) => memorySource(path, beside.get(path) ?? ""),
    });
    expect(named.metrics).toEqual(whole.metrics);
    expect(format.title).not.toBe("");
    expect(format.takes).toMatch(/\.$/);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("cut after any eighth of its bytes it is refused, or holds fewer metrics, and never another value", async () => {
    const bytes = bytesOf(format);
    const whole = new Map(
      (await read(format.example.path, bytes)).metrics.map((metric) => [placeOf(metric), metric.value]),
    );
    const points = new Map(
      (await read(format.example.path, bytes)).curves.map((curve) => [curve.name, JSON.stringify(curve.points)]),
    );
    for (let eighth = 1; eighth < 8; eighth++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * eighth) / 8));
      try {
        const { metrics, notes, curves } = await read(format.example.path, cut);
        const said = notes.some(({ code }) => code === "line-open" || /cut|truncated/.test(code));
        if (openEnded.has(name)) {
          if (cut.at(-1) !== 10) expect(said, `cut at ${cut.length}`).toBe(true);
          continue;
        }
        for (const metric of metrics) {
          const history = points.get(metric.name) ?? points.get(metric.name.replace(/^best\((.*)\)$/, "$1"));
          // Of a history that was cut between two lines, the value is that of an earlier step.
          if (history !== undefined) expect(history).toContain(String(metric.value));
          else expect(metric.value, metric.name).toBe(whole.get(placeOf(metric)));
        }
        for (const curve of curves)
          expect(points.get(curve.name)?.startsWith(JSON.stringify(curve.points).slice(0, -1))).toBe(true);
      } catch (error) {
        expect(error, String(error)).toBeInstanceOf(UserError);
        if (!(error instanceof UserError)) continue;
        for (const problem of error.problems) {
          expect(problem.where?.file).toBeDefined();
          expect(problem.next).toMatch(/\.$/);
        }
      }
    }
  });

  it("no changed bytes crash it, and what is read fits the schema", async () => {
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.integer({ min: 0, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        let bytes: Uint8Array = Uint8Array.from(bytesOf(format));
        for (const { at, byte, cut } of changes) {
          if (cut === 0) bytes = bytes.slice(0, at % bytes.length);
          else bytes[at % Math.max(1, bytes.length)] = byte;
        }
        try {
          const { metrics, curves } = await read(format.example.path, bytes);
          for (const metric of metrics)
            expect(metricSchema.safeParse(metric).success, JSON.stringify(metric)).toBe(true);
          for (const curve of curves) expect(curveSchema.safeParse(curve).success, JSON.stringify(curve)).toBe(true);
        } catch (error) {
          expect((error as Error).name, String((error as Error).stack)).toBe("UserError");
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives no metric and no crash for UTF-16, invalid UTF-8, NUL and nothing", async () => {
    const { path } = format.example;
    const text = format.example.text ?? "";
    const utf16 = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]));
    const bytes = bytesOf(format);
    const invalid = Uint8Array.from([...bytes.subarray(0, 5), 0xc3, 0x28, ...bytes.subarray(5)]);
    const nul = Uint8Array.from([...bytes.subarray(0, 5), 0, ...bytes.subarray(5)]);
    for (const broken of [utf16, new Uint8Array(0), ...(format.example.text === undefined ? [] : [invalid, nul])]) {
      const problem = await problemOf(() => read(path, broken));
      expect(problem.where?.file).toBe(path);
      expect(["not-utf8", "nul-byte", "file-empty", "format-unknown"]).toContain(problem.code);
    }
  });
});

describe("the list of formats", () => {
  it("has no name twice", () => {
    expect(new Set(metricFormats.map(({ name }) => name)).size).toBe(metricFormats.length);
  });

  it("no example is taken by the format of another, also under a name that says nothing", async () => {
    for (const format of metricFormats) {
      const sure = metricFormats.filter((other) => other === format);
      expect(sure).toHaveLength(1);
      const { path } = format.example;
      const neutral = path.replace(/^.*\/(?=[^/]*$)/, "x/");
      const found = await read(neutral, bytesOf(format)).catch((error: unknown) => error);
      if (found instanceof UserError) expect(found.problems[0]?.code, format.name).not.toBe("format-ambiguous");
    }
  });

  it("a file that two tools could have written is refused with both names and the way out", async () => {
    const both = JSON.stringify({
      machine_info: {},
      commit_info: {},
      benchmarks: [],
      log_history: [],
      global_step: 1,
    });
    const problem = await problemOf(() => read("out/both.json", both));
    expect(problem).toMatchObject({ code: "format-ambiguous", where: { file: "out/both.json" } });
    expect(problem.text).toMatch(/hf-trainer-state and as pytest-benchmark/);
    expect(problem.next).toContain("pytest-benchmark:out/both.json");
  });

  it("a format that does not exist is answered with the nearest", async () => {
    const problem = await problemOf(() => readMetrics(memorySource("m.json", "{}"), { format: "lm-evla" }));
    expect(problem).toMatchObject({ code: "format-name-unknown", next: "Did you mean lm-eval?" });
  });
});
