/** A value of a row. Whole numbers beyond 2^53 are big. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** A variable-length number of at most 9 bytes, and the offset after it. @throws RangeError when the bytes end before */
export function sqliteVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let i = 0; i < 9; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw new RangeError("a number breaks off");
    if (i === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), end: start + 9 };
    value = (value << 7n) | BigInt(byte & 127);
    if (byte < 128) return { value, end: start + i + 1 };
  }
  return { value, end: start + 9 };
}

/** A variable-length number that stands for a size or a type. @throws RangeError when it is beyond 2^53 or breaks off */
export function sqliteSize(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw new RangeError("a size breaks off");
    value = value * 128 + (byte & 127);
    if (value > Number.MAX_SAFE_INTEGER) break;
    if (byte < 128) return { value, end: start + i + 1 };
  }
  throw new RangeError("a size is too large");
}

const numberSizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

/**
 * The values of some columns of a record; undefined for a column that the record is too short for.
 * @param columns places, ascending
 * @throws RangeError for a record that is longer than its bytes
 */
export function recordValues(
  bytes: Uint8Array,
  columns: readonly number[],
  text: (bytes: Uint8Array) => string,
): (SqliteValue | undefined)[] {
  const head = sqliteSize(bytes, 0);
  if (head.value > bytes.length) throw new RangeError("the head of a record is longer than the record");
  const values: (SqliteValue | undefined)[] = [];
  let at = head.end;
  let body = head.value;
  for (let column = 0; at < head.value && values.length < columns.length; column++) {
    const { value: type, end } = sqliteSize(bytes, at);
    at = end;
    if (type === 10 || type === 11) throw new RangeError("a value has a type that is reserved");
    const size = type < 12 ? (numberSizes[type] ?? 0) : Math.floor((type - 12) / 2);
    if (body + size > bytes.length) throw new RangeError("a value is longer than its record");
    if (column === columns[values.length]) values.push(valueIn(bytes.subarray(body, body + size), type, text));
    body += size;
  }
  while (values.length < columns.length) values.push(undefined);
  return values;
}

function valueIn(bytes: Uint8Array, type: number, text: (bytes: Uint8Array) => string): SqliteValue {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type >= 12) return type % 2 === 0 ? bytes : text(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 7) return view.getFloat64(0);
  if (type === 6) {
    const whole = view.getBigInt64(0);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  let value = view.getInt8(0);
  for (let at = 1; at < bytes.length; at++) value = value * 256 + view.getUint8(at);
  return value;
}
