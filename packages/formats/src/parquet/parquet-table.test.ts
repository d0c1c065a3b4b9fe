import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { textsOf } from "@metricgate/core/tables/text-cells";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPredictions } from "../predictions/read-predictions.ts";
import { openTable } from "../tables/open-table.ts";
import { memorySource } from "../testing/memory-source.ts";
import { problemOf } from "../testing/problem-of.ts";

/** Written by pyarrow: id text, label int64 with a missing value, score double, p a list of two doubles; three rows. */
const plain = Buffer.from(
  "UEFSMRUEFSAVIEwVBhUAEgAAAQAAAGEBAAAAYgIAAADDqRUAFRQVFCwVBhUQFQYVBhwAAAACAAAABgECAyQAFQQVIBUgTBUEFQASAAABAAAAAAAAAAAAAAAAAAAAFQAVEhUSLBUGFRAVBhUGHAAAAAIAAAADAwEDAhUEFTAVMEwVBhUAEgAAAAAAAAAA0D8AAAAAAADgPwAAAAAAAPA/FQAVFBUULBUGFRAVBhUGHAAAAAIAAAAGAQIDJAAVBBUwFTBMFQYVABIAAAAAAAAAAOA/AAAAAAAA8D8AAAAAAAAAABUAFSAVICwVDBUQFQYVBhwAAAACAAAAAyoCAAAADAMCA5AGFQQZfDUAGAZzY2hlbWEVCAAVDCUCGAJpZCUATBwAAAAVBCUCGAVsYWJlbAAVCiUCGAVzY29yZQA1AhgBcBUCFQZMPAAAADUEGARsaXN0FQIAFQolAhgHZWxlbWVudAAWBhkcGUwmABwVDBk1AAYQGRgCaWQVABYGFnYWdiZEJggpLBUEFQAVAgAVABUQFQIAPBYIGQYZJgAGAAAAJgAcFQQZNQAGEBkYBWxhYmVsFQAWBhZ0FnQmugEmfiksFQQVABUCABUAFRAVAgA8KQYZJgIEAAAAJgAcFQoZNQAGEBkYBXNjb3JlFQAWBhaGARaGASa+AibyASksFQQVABUCABUAFRAVAgA8KQYZJgAGAAAAJgAcFQoZNQAGEBk4AXAEbGlzdAdlbGVtZW50FQAWDBaSARaSASbEAyb4AiksFQQVABUCABUAFRAVAgA8KSYGBhlGAAAADAAAABaCBBYGJggWggQAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRlMHAAAHAAAHAAAHAAAAJYBAABQQVIx",
  "base64",
);
const snappy = Buffer.from(
  "UEFSMRUEFSAVJEwVBhUAEgAAEDwBAAAAYQEAAABiAgAAAMOpFQAVFBUYLBUGFRAVBhUGHAAAAAokAgAAAAYBAgMkABUEFSAVJEwVBBUAEgAAEDwBAAAAAAAAAAAAAAAAAAAAFQAVEhUWLBUGFRAVBhUGHAAAAAkgAgAAAAMDAQMCFQQVMBUsTBUGFQASAAAYAAAFAQTQPwUHKADgPwAAAAAAAPA/FQAVFBUYLBUGFRAVBhUGHAAAAAokAgAAAAYBAgMkABUEFTAVLEwVBhUAEgAAGAAABQEE4D8FBygA8D8AAAAAAAAAABUAFSAVJCwVDBUQFQYVBhwAAAAQPAIAAAADKgIAAAAMAwIDkAYVBBl8NQAYBnNjaGVtYRUIABUMJQIYAmlkJQBMHAAAABUEJQIYBWxhYmVsABUKJQIYBXNjb3JlADUCGAFwFQIVBkw8AAAANQQYBGxpc3QVAgAVCiUCGAdlbGVtZW50ABYGGRwZTCYAHBUMGTUABhAZGAJpZBUCFgYWdhZ+JkgmCCksFQQVABUCABUAFRAVAgA8FggZBhkmAAYAAAAmABwVBBk1AAYQGRgFbGFiZWwVAhYGFnQWfCbGASaGASksFQQVABUCABUAFRAVAgA8KQYZJgIEAAAAJgAcFQoZNQAGEBkYBXNjb3JlFQIWBhaGARaGASbKAiaCAiksFQQVABUCABUAFRAVAgA8KQYZJgAGAAAAJgAcFQoZNQAGEBk4AXAEbGlzdAdlbGVtZW50FQIWDBaSARaSASbQAyaIAyksFQQVABUCABUAFRAVAgA8KSYGBhlGAAAADAAAABaCBBYGJggWkgQAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRlMHAAAHAAAHAAAHAAAAJcBAABQQVIx",
  "base64",
);

const changed = (bytes: Buffer, change: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
};

async function textsIn(source: ByteSource): Promise<Record<string, string[]>> {
  const table = await openTable(source);
  const read = await table.read(table.columns.map((_, column) => [column, "text"] as const));
  return Object.fromEntries(table.columns.map((name, column) => [name, textsOf(read.texts(column))]));
}

const expected = {
  id: ["a", "b", "é"],
  label: ["1", "0", ""],
  score: ["0.25", "0.5", "1.0"],
  "score:0": ["0.5", "1.0", "0.0"],
  "score:1": ["0.5", "0.0", "1.0"],
};

describe("a Parquet table", () => {
  it("is known by its first bytes, whatever its name, and a list of numbers is one column for each place", async () => {
    expect(await textsIn(memorySource("table.csv", plain))).toEqual(expected);
    expect(await textsIn(memorySource("table.parquet", snappy))).toEqual(expected);
  });

  it("reads only the bytes of the wanted columns, and names a row by its number", async () => {
    const ranges: [number, number][] = [];
    const source: ByteSource = {
      ...memorySource("t.parquet", plain),
      slice: async (start, end) => {
        ranges.push([start, end]);
        return plain.subarray(start, end);
      },
    };
    const table = await openTable(source);
    ranges.length = 0;
    const read = await table.read([[table.columns.indexOf("label"), "number"]]);
    const bytes = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    expect(bytes).toBeLessThan(plain.length / 4);
    const problem = await problemOf(() => read.numbers(table.columns.indexOf("label"), "label"));
    expect(problem).toMatchObject({ code: "not-a-number", text: expect.stringContaining("(row 3)") });
  });

  it("is refused when it is cut at any eighth, by its missing end", async () => {
    for (let eighth = 1; eighth < 8; eighth++) {
      const cut = plain.subarray(0, Math.floor((plain.length * eighth) / 8));
      expect(await problemOf(() => textsIn(memorySource("t.parquet", cut)))).toMatchObject({
        code: "parquet-damaged",
        text: expect.stringMatching(/byte \d+|bytes/),
      });
    }
  });

  it("is refused when its footer is longer than the file, or encrypted", async () => {
    const long = changed(plain, (copy) => copy.writeUInt32LE(0x7fffffff, copy.length - 8));
    expect((await problemOf(() => textsIn(memorySource("t", long)))).code).toBe("parquet-damaged");
    const secret = changed(plain, (copy) => copy.write("PARE", copy.length - 4, "latin1"));
    expect((await problemOf(() => textsIn(memorySource("t", secret)))).code).toBe("parquet-encrypted");
  });

  it.each([
    ["plain", plain],
    ["snappy", snappy],
  ])("no changed bytes crash it or keep it busy (%s)", async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        async (changes) => {
          const copy = changed(bytes, (each) => {
            for (const [place, byte] of changes) each[place] = byte;
          });
          try {
            await textsIn(memorySource("t.parquet", copy));
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
          }
        },
      ),
      { seed: 6, numRuns: 800 },
    );
  });

  it("an Arrow file is refused with Parquet as the way out", async () => {
    expect(await problemOf(() => openTable(memorySource("t.feather", Buffer.from("ARROW1\0\0"))))).toMatchObject({
      code: "arrow-not-read",
      next: expect.stringContaining("Parquet"),
    });
  });
});

describe("a Parquet table of predictions", () => {
  /** Written by pyarrow: y_true and score, no row. */
  const empty = Buffer.from(
    "UEFSMRUEFQAVAEwVABUAEgAAFQQVABUATBUAFQASAAAVBBk8NQAYBnNjaGVtYRUEABUEJQIYBnlfdHJ1ZQAVCiUCGAd5X3Njb3JlABYAGRwZLCYAHBUEGSUABhkYBnlfdHJ1ZRUAFgAWHBYcJgAmCCkcFQQVABUCAAAAJgAcFQoZJQAGGRgHeV9zY29yZRUAFgAWHBYcJgAmJCkcFQQVABUCAAAAFjgWACYIFjgAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRksHAAAHAAAALkAAABQQVIx",
    "base64",
  );
  /** Written by pyarrow: y_true text, score a MAP of texts to doubles; two rows. */
  const mapped = Buffer.from(
    "UEFSMRUEFRQVFEwVBBUAEgAAAQAAAGEBAAAAYhUAFRIVEiwVBBUQFQYVBhwAAAACAAAABAEBAwIVBBUUFRRMFQQVABIAAAEAAABhAQAAAGIVABUeFR4sFQgVEBUGFQYcAAAAAgAAAAMKAgAAAAgCAQMKFQQVQBVATBUIFQASAADNzMzMzMzsP5qZmZmZmbk/mpmZmZmZyT+amZmZmZnpPxUAFSAVICwVCBUQFQYVBhwAAAACAAAAAwoCAAAACAMCA+QAFQQZbDUAGAZzY2hlbWEVBAAVDCUCGAZ5X3RydWUlAEwcAAAANQIYBXNjb3JlFQIVAkwsAAAANQQYCWtleV92YWx1ZRUEABUMJQAYA2tleSUATBwAAAAVCiUCGAV2YWx1ZQAWBBkcGTwmABwVDBk1AAYQGRgGeV90cnVlFQAWBBZoFmgmOCYIKSwVBBUAFQIAFQAVEBUCADwWBBkGGSYABAAAACYAHBUMGTUABhAZOAVzY29yZQlrZXlfdmFsdWUDa2V5FQAWCBZ0FnQmoAEmcCksFQQVABUCABUAFRAVAgA8FggZJgQEGTYAAAgAAAAmABwVChk1AAYQGTgFc2NvcmUJa2V5X3ZhbHVlBXZhbHVlFQAWCBaiARaiASbAAibkASksFQQVABUCABUAFRAVAgA8KSYEBBlGAAAACAAAABb+AhYEJggW/gIAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI1LjAuMRk8HAAAHAAAHAAAAHgBAABQQVIx",
    "base64",
  );
  const refusal = (bytes: Buffer) => problemOf(() => readPredictions(memorySource("p.parquet", bytes), { slices: [] }));

  it("without rows says so, and not that it was cut", async () => {
    expect((await refusal(empty)).code).toBe("rows-missing");
  });

  it("whose scores are a MAP says so, and how to write them", async () => {
    const problem = await refusal(mapped);
    expect(problem.code).toBe("parquet-map");
    expect(problem.text).toContain('"score" of p.parquet is a MAP');
  });

  it("of zeros between its marks is refused in our own words", async () => {
    for (const zeros of [4, 8, 40, 400]) {
      const problem = await refusal(Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(zeros), Buffer.from("PAR1")]));
      expect(problem.code).toBe("parquet-damaged");
      expect(problem.text).not.toMatch(/undefined|propert|iterable|not a function/);
    }
  });
});
