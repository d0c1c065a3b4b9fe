import { UserError } from "@metricgate/core/errors/user-error";
import { textsOf } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPredictions } from "../predictions/read-predictions.ts";
import { openTable } from "../tables/open-table.ts";
import { memorySource } from "../testing/memory-source.ts";
import { npyFile, npyWithHeader, type ZipLies, zipFile } from "../testing/npz-file.ts";
import { problemOf } from "../testing/problem-of.ts";

const doubles = (...values: number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);
const bytes = (...values: number[]): Buffer => Buffer.from(values);

async function textsIn(content: Uint8Array, name = "p.npz"): Promise<Record<string, string[]>> {
  const table = await openTable(memorySource(name, content));
  const read = await table.read(table.columns.map((_, column) => [column, "text"] as const));
  return Object.fromEntries(table.columns.map((column, place) => [column, textsOf(read.texts(place))]));
}
const refusal = (content: Uint8Array, name?: string) => problemOf(() => textsIn(content, name));

const label = npyFile("|u1", "3,", bytes(0, 1, 1));
const score = npyFile("<f8", "3, 2", doubles(0.25, 0.75, 0.5, 0.5, 1, 0));

describe("arrays of NumPy", () => {
  it("are columns by their names; one of two dimensions is a column for each of its own, in either order of its items", async () => {
    const expected = { label: ["0", "1", "1"], "score:0": ["0.25", "0.5", "1.0"], "score:1": ["0.75", "0.5", "0.0"] };
    expect(await textsIn(zipFile({ "label.npy": label, "y_score.npy": score, "notes.txt": bytes(1) }))).toEqual(
      expected,
    );
    const byColumn = npyFile("<f8", "3, 2", doubles(0.25, 0.5, 1, 0.75, 0.5, 0), true);
    expect(await textsIn(zipFile({ "label.npy": label, "y_score.npy": byColumn }))).toEqual(expected);
  });

  it("that hold Python objects are refused where they are wanted, and left alone beside the others", async () => {
    const objects = npyFile("|O", "3,", bytes(0x80, 4, 0x2e));
    const archive = zipFile({ "label.npy": label, "names.npy": objects });
    const table = await openTable(memorySource("p.npz", archive));
    const read = await table.read([[table.columns.indexOf("label"), "text"]]);
    expect(textsOf(read.texts(table.columns.indexOf("label")))).toEqual(["0", "1", "1"]);
    expect((await refusal(archive)).code).toBe("npy-pickle");
    expect((await refusal(objects, "p.npy")).code).toBe("npy-pickle");
    const fields = "[('id', '<i8'), ('what', '|O')]";
    expect((await refusal(npyFile(fields, "3,", doubles(1, 2, 3)), "p.npy")).code).toBe("npy-pickle");
  });

  it.each([
    ["p.npy", bytes(0x80, 4, 0x95, 0x2e)],
    ["p.npz", bytes(0x80, 4, 0x95, 0x2e)],
    ["p.npz", zipFile({ "y_true.npy": bytes(0x80, 4, 0x95, 0x2e) })],
  ])("that are pickles are called so: %s", async (name, content) => {
    const problem = await refusal(content, name);
    expect(problem.code).toBe("npy-pickle");
    expect(problem.text).toContain("is a pickle of Python");
  });

  it("with three dimensions are left out, and a note names them", async () => {
    const content = zipFile({
      "y_true.npy": label,
      "y_pred.npy": label,
      "y_score.npy": npyFile("|u1", "3, 1, 2", bytes(0, 1, 0, 1, 0, 1)),
    });
    const { notes } = await readPredictions(memorySource("p.npz", content), { slices: [] });
    expect(notes.map(({ text }) => text)).toContain(
      'Arrays of p.npz with more than two dimensions were left out: "y_score" (3 × 1 × 2).',
    );
  });

  it("are refused as Python objects without room for the rows that they say", async () => {
    expect((await refusal(npyFile("[('id', '|O')]", "9007199254740991,", bytes()), "p.npy")).code).toBe("npy-pickle");
  });

  it.each<[string, string, Uint8Array]>([
    ["a shape larger than the bytes", "npy-broken", npyFile("[('id', '<f8')]", "3,", doubles(1, 2))],
    [
      "a shape whose product overflows",
      "npy-broken",
      npyFile("[('id', '<f8')]", "4294967296, 4294967296, 1", doubles(1)),
    ],
    ["a length beyond whole doubles", "npy-broken", npyFile("[('id', '<f8')]", "9007199254740993,", doubles(1))],
    ["a negative length", "npy-broken", npyFile("[('id', '<f8')]", "-1,", doubles(1))],
    ["a header longer than the file", "npy-broken", Buffer.from("\x93NUMPY\x01\0\xff\xff{'descr'", "latin1")],
    ["a header of gigabytes", "npy-broken", Buffer.from("\x93NUMPY\x02\0\xff\xff\xff\x7f{}", "latin1")],
    ["a version that is not known", "npy-broken", Buffer.from("\x93NUMPY\x09\0\x02\0{}\n\n", "latin1")],
    ["a header that is code", "npy-broken", npyWithHeader("__import__('os').system('x')", bytes())],
    ["a type inside a type", "npy-type", npyFile("[('id', [('x', '<f8')])]", "1,", doubles(1))],
    ["complex numbers", "npy-type", npyFile("<c16", "1,", doubles(1, 2))],
    ["no name", "npy-names", npyFile("<f8", "1,", doubles(1))],
    ["items of no bytes", "npy-type", npyFile("[('id', '<U0')]", "9,", bytes())],
  ])("of one file are refused: %s", async (_, code, content) => {
    expect((await refusal(content, "p.npy")).code).toBe(code);
  });

  it("a header made to be slow is refused at once", async () => {
    const began = performance.now();
    for (const header of ["'descr':[".repeat(7000), `'descr': [${"('a', '<f8'), ".repeat(4000)}`, "(' ".repeat(20_000)])
      expect((await refusal(npyWithHeader(header, bytes()), "p.npy")).code).toBe("npy-broken");
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  const zeros = npyFile("|u1", "1000000,", Buffer.alloc(1_000_000));
  it.each<[string, string, ZipLies]>([
    ["a checksum that does not hold", "zip-broken", { crc: 1 }],
    ["fewer bytes than it says", "zip-broken", { size: 2_000_000 }],
    ["more than is ever inflated", "inflated-too-large", { size: 0xfffffffe }],
    ["packed bytes beyond the file", "zip-broken", { packed: 0x7fffffff }],
    ["a place beyond the file", "zip-broken", { at: 0x7ffffff0 }],
    ["a packing that is not read", "zip-method", { method: 12 }],
    ["encryption", "zip-method", { flags: 1 }],
    ["stored bytes that are packed", "npy-broken", { method: 0 }],
  ])("of an archive are refused: %s", async (_, code, lies) => {
    expect((await refusal(zipFile({ "label.npy": zeros }, { "label.npy": lies }))).code).toBe(code);
  });

  it("that inflate to more than the archive says are refused as soon as they do", async () => {
    const bomb = Buffer.concat([label, Buffer.alloc(50_000_000)]);
    const problem = await refusal(zipFile({ "label.npy": bomb }, { "label.npy": { size: label.length, crc: 0 } }));
    expect(problem).toMatchObject({ code: "zip-broken", text: expect.stringContaining("holds more than") });
  });

  it("of an archive that was cut, or lists more files than are read, are refused", async () => {
    const whole = zipFile({ "label.npy": label, "y_score.npy": score });
    for (let eighth = 1; eighth < 8; eighth++)
      expect((await refusal(whole.subarray(0, Math.floor((whole.length * eighth) / 8)))).code).toBe("zip-broken");
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, place) => [`${place}.npy`, label]));
    expect((await refusal(zipFile(many))).code).toBe("zip-broken");
  });

  it("of different lengths are refused, and so are two of one name", async () => {
    const two = npyFile("|u1", "2,", bytes(0, 1));
    expect(await refusal(zipFile({ "label.npy": label, "score.npy": two }))).toMatchObject({
      code: "npy-rows",
      text: expect.stringContaining('"label" in p.npz has 3 rows, and "score" has 2'),
    });
  });

  it("no changed bytes crash them", async () => {
    const record = npyFile("[('id', '<i8'), ('name', '<U2')]", "2,", Buffer.alloc(32, 65));
    const starts = [zipFile({ "label.npy": label, "y_score.npy": score }), record, label];
    const change = fc.tuple(fc.nat(), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.array(change, { minLength: 1, maxLength: 3 }), async (which, changes) => {
        const content = Buffer.from(starts[which] ?? label);
        for (const [place, byte] of changes) content[place % content.length] = byte;
        try {
          await textsIn(content, "p");
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { seed: 5, numRuns: 1500 },
    );
  });
});
