import { type ByteWriter, makeRoom } from "../bytes/byte-writer.ts";
import type { RowPart } from "./row-parts.ts";
import { writeMemory } from "./write-memory.ts";

/** From this many rows on a kernel is worth its start. */
const worthIt = 2_000;

/**
 * Writes rows of cells that are plain, several times as fast as one by one, and leaves the others to `writeRow`.
 * @param end what ends each row
 * @param writeRow writes the same for any row
 */
export function writePlainRows(
  writer: ByteWriter,
  { from, to }: { from: number; to: number },
  parts: readonly RowPart[],
  end: string,
  writeRow: (row: number) => void,
): void {
  let row = from;
  const memory = to - from < worthIt ? undefined : writeMemory(parts, end);
  while (memory !== undefined && row < to) {
    const stop = blockEnd(row, Math.min(to, row + memory.rows), parts, memory.textBytes);
    // A text that is longer than a block.
    if (stop === row) writeRow(row++);
    else {
      memory.fill(row, stop);
      const first = row;
      while (row < stop) {
        row = first + memory.run.write(0, row - first, stop - first);
        const bytes = memory.written();
        makeRoom(writer, bytes.length);
        writer.bytes.set(bytes, writer.at);
        writer.at += bytes.length;
        if (row < stop) writeRow(row++);
      }
    }
  }
  for (; row < to; row++) writeRow(row);
}

/** The last row, not included, up to which the texts fit. */
function blockEnd(from: number, to: number, parts: readonly RowPart[], bytes: number): number {
  let end = to;
  for (const part of parts) {
    if (!("texts" in part)) continue;
    const { offsets } = part.texts;
    while (end > from && (offsets[end] ?? 0) - (offsets[from] ?? 0) > bytes) end = from + ((end - from) >> 1);
  }
  return end;
}
