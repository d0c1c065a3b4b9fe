/** The distinct texts of a column by their bytes, numbered in the order in which they came. */
export interface Dictionary {
  /** The number of a text; -1 when it is new and no more are taken. */
  code(bytes: Uint8Array, start: number, end: number): number;
  /** The number of a text of one byte; -1 when it is not known yet. */
  codeOfByte(byte: number): number;
  names(): string[];
  /** The texts one after another, and where each ends; a copy. */
  texts(): { bytes: Uint8Array; ends: Uint32Array };
}

/** A dictionary of at most `most` texts. Bytes are compared, so that a string is made once for each text and not for each row. */
export function dictionary(most: number): Dictionary {
  let kept = Buffer.alloc(1024);
  let used = 0;
  let ends = new Uint32Array(256);
  let count = 0;
  let size = 1024;
  let table = new Int32Array(size).fill(-1);
  const short = new Int32Array(256).fill(-1);

  const startOf = (code: number): number => (code === 0 ? 0 : (ends[code - 1] ?? 0));
  const slotOf = (bytes: Uint8Array, start: number, end: number): number => {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & (size - 1);
    for (let code = table[slot] ?? -1; code >= 0 && !same(code, bytes, start, end); code = table[slot] ?? -1)
      slot = (slot + 1) & (size - 1);
    return slot;
  };
  const same = (code: number, bytes: Uint8Array, start: number, end: number): boolean => {
    const first = startOf(code);
    if ((ends[code] ?? 0) - first !== end - start) return false;
    for (let i = end - start - 1; i >= 0; i--) if (kept[first + i] !== bytes[start + i]) return false;
    return true;
  };
  const add = (bytes: Uint8Array, start: number, end: number): number => {
    while (used + end - start > kept.length) kept = Buffer.concat([kept], kept.length * 2);
    if (count === ends.length) {
      const more = new Uint32Array(count * 2);
      more.set(ends);
      ends = more;
    }
    kept.set(bytes.subarray(start, end), used);
    used += end - start;
    ends[count] = used;
    if ((count + 1) * 2 > size) {
      size *= 2;
      table = new Int32Array(size).fill(-1);
      for (let code = 0; code < count; code++) table[slotOf(kept, startOf(code), ends[code] ?? 0)] = code;
    }
    table[slotOf(bytes, start, end)] = count;
    return count++;
  };
  return {
    code(bytes, start, end) {
      const single = end - start === 1 ? (bytes[start] ?? 0) : -1;
      if (single >= 0 && (short[single] ?? -1) >= 0) return short[single] ?? -1;
      let code = table[slotOf(bytes, start, end)] ?? -1;
      if (code < 0) {
        if (count >= most) return -1;
        code = add(bytes, start, end);
      }
      if (single >= 0) short[single] = code;
      return code;
    },
    codeOfByte: (byte) => short[byte] ?? -1,
    names: () => Array.from({ length: count }, (_, code) => kept.toString("utf8", startOf(code), ends[code] ?? 0)),
    texts: () => ({ bytes: Uint8Array.from(kept.subarray(0, used)), ends: ends.slice(0, count) }),
  };
}
