import { UserError } from "@metricgate/core/errors/user-error";
import { checkText } from "../text/decode-text.ts";
import { type LineScan, scanLines } from "./scan-lines.ts";

/** Bytes that are scanned at once. */
const part = 1 << 20;
/** Longest line in bytes. */
const lineLimit = 64 * 2 ** 20;

/** Takes the bytes of a file as they come, and scans whole lines. */
export interface LineFeed {
  push(chunk: Uint8Array): void;
  /** Nothing more comes. */
  end(): void;
}

/**
 * A feed of one scan; what is found is the same however the bytes are cut into chunks.
 * @param found gets the bytes that the ranges of `scan.cells` stand for
 * @throws UserError from `push` and `end`: what `scanLines` throws, `not-utf8`, `nul-byte`, `row-too-long`
 */
export function lineFeed(scan: LineScan, found: (bytes: Uint8Array) => void): LineFeed {
  let work = new Uint8Array(part + 1);
  let used = 0;
  let first = true;
  const take = (): void => {
    const to = work.subarray(0, used).lastIndexOf(10) + 1;
    if (to > 0) {
      const mark = checkText(work.subarray(0, to), scan.file, scan.line - 1);
      makeRoom(scan, work, to);
      scanLines(scan, work, first ? mark : 0, to);
      first = false;
      if (scan.found > 0) found(work);
      work.copyWithin(0, to, used);
      used -= to;
    }
    if (used > lineLimit) {
      const text = `A line of ${scan.file} has more than ${lineLimit} bytes.`;
      throw new UserError("row-too-long", text, "Write one object a line.", { file: scan.file, line: scan.line });
    }
  };
  return {
    push(chunk) {
      for (let start = 0; start < chunk.length; ) {
        const more = Math.min(part - (used % part), chunk.length - start);
        if (used + more + 1 > work.length) {
          const larger = new Uint8Array((used + more + 1) * 2);
          larger.set(work.subarray(0, used));
          work = larger;
        }
        work.set(chunk.subarray(start, start + more), used);
        used += more;
        start += more;
        if (used % part === 0) take();
      }
    },
    end() {
      if (used === 0) return;
      if (work[used - 1] !== 10) work[used++] = 10;
      take();
    },
  };
}

/** Makes the cells hold one row for each line. */
function makeRoom(scan: LineScan, bytes: Uint8Array, to: number): void {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < to; at = bytes.indexOf(10, at + 1)) lines++;
  for (const cells of scan.cells) {
    if (cells.starts.length >= lines) continue;
    cells.starts = new Int32Array(lines);
    cells.ends = new Int32Array(lines);
  }
}
