import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScalars } from "../../tensorboard/scalars.ts";
import { event, field, float, recordFile, simpleValue, varint, version } from "../../testing/event-file.ts";
import { memorySource } from "../../testing/memory-source.ts";
import { problemOf } from "../../testing/problem-of.ts";
import { readMetrics } from "../read-metrics.ts";
import { tensorboardFormat } from "./tensorboard.ts";

const path = "runs/a/events.out.tfevents.1.host.1.0";
const valuesOf = (read: { metrics: { name: string; value?: number | undefined }[] }) =>
  Object.fromEntries(read.metrics.map(({ name, value }) => [name, value]));

function tensor(type: number, parts: readonly Uint8Array[], shape: readonly number[] = []): Buffer {
  const dimensions = shape.map((size) => field(2, 2, field(1, 0, varint(size))));
  return Buffer.concat([field(1, 0, varint(type)), field(2, 2, Buffer.concat(dimensions)), ...parts]);
}

function tensorValue(tag: string, content: Uint8Array, plugin: string | undefined): Buffer {
  const metadata = plugin === undefined ? [] : [field(9, 2, field(1, 2, field(1, 2, Buffer.from(plugin))))];
  return Buffer.concat([field(1, 2, Buffer.from(tag)), field(8, 2, content), ...metadata]);
}

const run = recordFile([
  version(),
  event(1, [simpleValue("loss/eval", 0.9), simpleValue("acc", 0.5)]),
  event(2, [simpleValue("loss/eval", 0.5)]),
  event(10, [simpleValue("acc", 0.75)]),
]);

describe("a TensorBoard event file", () => {
  it("gives each scalar with the value of its last step, and its steps as a curve", async () => {
    const read = await readMetrics(memorySource(path, run));
    expect(read.format).toBe("tensorboard");
    expect(read.because).toBe("content");
    expect(valuesOf(read)).toEqual({ "loss/eval": 0.5, acc: 0.75 });
    expect(read.metrics.map((metric) => metric.direction)).toEqual(["down", "up"]);
    expect(read.curves.map(({ name, x, points }) => ({ name, x, points }))).toEqual([
      {
        name: "loss/eval",
        x: "step",
        points: [
          [1, Math.fround(0.9)],
          [2, 0.5],
        ],
      },
      {
        name: "acc",
        x: "step",
        points: [
          [1, 0.5],
          [10, 0.75],
        ],
      },
    ]);
  });

  it("reads the example of its documentation", async () => {
    const { path: name, base64 = "" } = tensorboardFormat.example;
    const read = await readMetrics(memorySource(name, Buffer.from(base64, "base64")));
    expect(valuesOf(read)).toEqual({ loss: 0.5 });
  });

  it.each([
    ["float in its field", tensor(1, [field(5, 2, float(0.25, 4))])],
    ["float, not packed", tensor(1, [field(5, 5, float(0.25, 4))])],
    ["float as content", tensor(1, [field(4, 2, float(0.25, 4))])],
    ["double", tensor(2, [field(6, 2, float(0.25, 8))])],
    ["half", tensor(19, [field(13, 2, varint(0x3400))])],
    ["bfloat16", tensor(14, [field(13, 0, varint(0x3e80))])],
    ["bfloat16 as content", tensor(14, [field(4, 2, Buffer.from([0x80, 0x3e]))])],
    ["of shape [1]", tensor(1, [field(5, 2, float(0.25, 4))], [1])],
  ])("reads a scalar tensor: %s", async (_, content) => {
    const file = recordFile([
      version(),
      event(0, [tensorValue("f1", content, "scalars")]),
      event(1, [tensorValue("f1", content, undefined)]),
    ]);
    expect(valuesOf(await readMetrics(memorySource(path, file)))).toEqual({ f1: 0.25 });
  });

  it("names what is no scalar and leaves it out", async () => {
    const file = recordFile([
      version(),
      event(1, [
        simpleValue("acc", 1),
        tensorValue("words", tensor(7, []), "text"),
        tensorValue("many", tensor(1, [field(5, 2, Buffer.alloc(8))], [2]), "scalars"),
        tensorValue("empty", tensor(1, []), "scalars"),
        tensorValue("odd", tensor(9, []), "scalars"),
        Buffer.concat([field(1, 2, Buffer.from("weights")), field(5, 2, Buffer.alloc(3))]),
      ]),
    ]);
    expect((await readMetrics(memorySource(path, file))).ignored).toEqual([
      { name: "words", is: "of the plugin text" },
      { name: "many", is: "a tensor of many numbers" },
      { name: "empty", is: "a tensor without a number" },
      { name: "odd", is: "a tensor of type 9" },
      { name: "weights", is: "a histogram" },
    ]);
  });

  it("has no value for a metric whose last value is not finite", async () => {
    const file = recordFile([
      version(),
      event(1, [simpleValue("loss", 0.5)]),
      event(2, [simpleValue("loss", Number.NaN)]),
    ]);
    expect((await readMetrics(memorySource(path, file))).metrics[0]).toMatchObject({ undefined: "not-finite" });
  });

  it("takes the highest step, and of two with one step the later", async () => {
    const file = recordFile([
      version(),
      event(5, [simpleValue("acc", 0.25)]),
      event(3, [simpleValue("acc", 0.75)]),
      event(5, [simpleValue("acc", 0.5)]),
    ]);
    expect(valuesOf(await readMetrics(memorySource(path, file)))).toEqual({ acc: 0.5 });
  });

  it("joins the files of a run that was started again: the later stands from its first step on", async () => {
    const later = recordFile([
      version(1_763_739_999),
      event(2, [simpleValue("acc", 0.625)], 1_763_739_999),
      event(3, [simpleValue("acc", 0.6875)], 1_763_739_999),
    ]);
    const second = memorySource("runs/a/events.out.tfevents.0.host.1.0", later);
    const together = async (): Promise<ByteSource[]> => [second, memorySource("runs/a/other.json", "{}")];
    const read = await readMetrics(memorySource(path, run), { together });
    expect(valuesOf(read)).toEqual({ "loss/eval": 0.5, acc: 0.6875 });
    expect(read.curves.find(({ name }) => name === "acc")?.points).toEqual([
      [1, 0.5],
      [2, 0.625],
      [3, 0.6875],
    ]);
    expect(read.joined).toEqual([second.name]);
    expect(read.notes.map(({ code }) => code)).toContain("files-joined");
    const turned = await readMetrics(second, { together: async () => [memorySource(path, run)] });
    expect(valuesOf(turned)).toEqual(valuesOf(read));
  });

  it("leaves out a last record that is cut, with a note that names its byte", async () => {
    const whole = recordFile([version(), event(1, [simpleValue("acc", 0.5)])]);
    const last = event(2, [simpleValue("acc", 0.25)]);
    const file = Buffer.concat([whole, recordFile([last])]);
    for (let end = whole.length + 1; end < file.length; end++) {
      const read = await readMetrics(memorySource(path, file.subarray(0, end)));
      expect(valuesOf(read)).toEqual({ acc: 0.5 });
      expect(read.notes.find(({ code }) => code === "record-cut")?.text).toContain(`at byte ${whole.length},`);
    }
  });

  it("is refused where a checksum does not hold, with the byte", async () => {
    const at = recordFile([version()]).length;
    const inside = Buffer.from(run);
    inside[at + 20] = (inside[at + 20] ?? 0) ^ 1;
    expect(await problemOf(() => readMetrics(memorySource(path, inside)))).toMatchObject({
      code: "record-damaged",
      text: expect.stringContaining(`at byte ${at} `),
    });
    const length = Buffer.from(run);
    length[at] = (length[at] ?? 0) ^ 1;
    expect(await problemOf(() => readMetrics(memorySource(path, length)))).toMatchObject({ code: "record-damaged" });
    const first = Buffer.from(run);
    first[2] = 255;
    expect(await problemOf(() => readMetrics(memorySource(path, first)))).toMatchObject({ code: "record-damaged" });
  });

  it("checks records that are too large for scalars without holding them", async () => {
    const picture = Buffer.alloc(17 << 20, 7);
    const file = recordFile([version(), field(4, 2, picture), event(3, [simpleValue("acc", 0.5)])]);
    let largest = 0;
    const source: ByteSource = {
      ...memorySource(path, file),
      slice: async (start, end) => {
        largest = Math.max(largest, end - start);
        return file.subarray(start, end);
      },
    };
    expect((await readScalars(source)).scalars.get("acc")).toEqual([[3, 0.5]]);
    expect(largest).toBeLessThanOrEqual(1 << 20);
    file[file.length >> 1] = 8;
    expect((await problemOf(() => readScalars(source))).code).toBe("record-damaged");
  });

  it("either reads or is refused when its events are changed, and never hangs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(255), fc.nat(3), async (place, byte, record) => {
        const events = [
          version(),
          event(1, [simpleValue("acc", 0.5)]),
          event(2, [tensorValue("f1", tensor(1, [field(5, 2, float(0.25, 4))]), "scalars")]),
          event(3, [simpleValue("acc", 0.75)]),
        ];
        const bytes = events[record];
        if (bytes !== undefined) bytes[place % bytes.length] = byte;
        try {
          await readMetrics(memorySource(path, recordFile(events)));
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { seed: 7, numRuns: 1500 },
    );
  });
});
