import { loadKernel } from "../kernels/load-kernel.ts";
import { memoryPlaces } from "../kernels/memory-places.ts";
import { writeCode } from "../kernels/write-code.ts";
import type { RowPart } from "./row-parts.ts";

/** The functions of kernels/write.ts. */
interface WriteKernel {
  write(plan: number, from: number, to: number): number;
}

/** The kernel's memory for blocks of rows. */
export interface WriteMemory {
  run: WriteKernel;
  /** Rows of a block, and bytes of its texts, at the most. */
  rows: number;
  textBytes: number;
  /** Puts the cells of rows into it. */
  fill(from: number, to: number): void;
  /** What the last call has written. */
  written(): Uint8Array;
}

// As the classes Plan and Part of kernels/write.ts have them.
const planSize = 24;
const sizeAt = 20;
const partSize = 28;
/** Bytes that the kernel may read or write beyond what it was told of. */
const margin = 32;
const mostRows = 4096;
const mostBytes = 1 << 17;
const textBytes = 1 << 17;
const longestNumber = 24;

/** Memory for the parts of rows. @param end what ends each row */
export function writeMemory(parts: readonly RowPart[], end: string): WriteMemory {
  const befores = parts.map(({ before }) => Buffer.from(before));
  // Texts have room of their own.
  const longest = parts.map((part) =>
    "numbers" in part
      ? longestNumber
      : "codes" in part
        ? part.names.reduce((most, name) => Math.max(most, name.length), 0)
        : 0,
  );
  const rowSize = [...befores.map((before) => before.length), ...longest].reduce((sum, size) => sum + size, end.length);
  const rows = Math.max(1, Math.min(mostRows, Math.floor(mostBytes / rowSize)));
  const { take, size } = memoryPlaces();
  const planAt = take(planSize);
  const partsAt = take(parts.length * partSize);
  const places = parts.map((part, index) => ({
    before: take((befores[index]?.length ?? 0) + margin),
    values: take("numbers" in part ? rows * 8 : "codes" in part ? rows * 4 : textBytes + margin),
    offsets: take("numbers" in part ? 0 : "codes" in part ? (part.names.length + 1) * 4 : (rows + 1) * 4),
    names: take("codes" in part ? part.names.reduce((sum, name) => sum + name.length, margin) : 0),
  }));
  const endAt = take(end.length + margin);
  const outAt = take(rows * rowSize + textBytes + margin);
  const { run, memory } = loadKernel<WriteKernel>(writeCode, size());
  const bytes = new Uint8Array(memory);
  const write = (at: number, values: readonly number[]): void => {
    new Uint32Array(memory, at, values.length).set(values);
  };
  bytes.set(Buffer.from(end), endAt);
  write(planAt, [partsAt, parts.length, endAt, end.length, outAt, 0]);
  for (const [index, part] of parts.entries()) {
    const place = places[index];
    const before = befores[index];
    if (place === undefined || before === undefined) continue;
    bytes.set(before, place.before);
    const kind = "numbers" in part ? 3 : "codes" in part ? 2 : part.form === "csv" ? 0 : 1;
    write(partsAt + index * partSize, [place.before, before.length, kind, place.values, place.offsets, place.names, 0]);
    if (!("codes" in part)) continue;
    let used = 0;
    for (const [code, name] of part.names.entries()) {
      bytes.set(name, place.names + used);
      used += name.length;
      write(place.offsets + 4 * (code + 1), [used]);
    }
  }
  return {
    run,
    rows,
    textBytes,
    fill(from, to) {
      for (const [index, part] of parts.entries()) {
        const { values = 0, offsets = 0 } = places[index] ?? {};
        if ("numbers" in part) new Float64Array(memory, values, rows).set(part.numbers.subarray(from, to));
        else if ("codes" in part) new Int32Array(memory, values, rows).set(part.codes.subarray(from, to));
        else {
          const { bytes: texts, offsets: starts } = part.texts;
          const first = starts[from] ?? 0;
          bytes.set(texts.subarray(first, starts[to]), values);
          const here = new Uint32Array(memory, offsets, rows + 1);
          for (let row = from; row <= to; row++) here[row - from] = (starts[row] ?? 0) - first;
        }
      }
    },
    written: () => bytes.subarray(outAt, outAt + (new Uint32Array(memory, planAt + sizeAt, 1)[0] ?? 0)),
  };
}
