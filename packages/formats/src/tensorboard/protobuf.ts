import { UserError } from "@metricgate/core/errors/user-error";

/** One field of a message: a number (varint or fixed), or the range of its bytes. */
export interface Field {
  id: number;
  /** 0 varint, 1 eight bytes, 2 bytes, 5 four bytes. */
  wire: number;
  start: number;
  end: number;
}

/** Bytes of one message inside a record of a file; `base` is the offset of the record's first byte in the file. */
export interface Message {
  bytes: Uint8Array;
  start: number;
  end: number;
  base: number;
  file: string;
}

/**
 * The fields of a message in order; unknown ones too. Nothing is copied, and nested messages are read only where somebody asks.
 * @source Protocol Buffers encoding, developers' documentation
 * @throws UserError `message-damaged` with the byte offset
 */
export function* fieldsOf(message: Message): Generator<Field> {
  const { bytes, end } = message;
  for (let at = message.start; at < end; ) {
    const keyEnd = varintEnd(message, at);
    const key = varint(bytes, at, keyEnd);
    const wire = key % 8;
    const id = Math.floor(key / 8);
    let start = keyEnd;
    let stop: number;
    if (wire === 0) stop = varintEnd(message, start);
    else if (wire === 1) stop = start + 8;
    else if (wire === 5) stop = start + 4;
    else if (wire === 2) {
      const lengthEnd = varintEnd(message, start);
      const length = varint(bytes, start, lengthEnd);
      start = lengthEnd;
      stop = start + length;
    } else return damaged(message, at);
    if (id === 0 || stop > end) return damaged(message, at);
    yield { id, wire, start, end: stop };
    at = stop;
  }
}

/** The message inside a field. */
export function inner(message: Message, field: Field): Message {
  return { ...message, start: field.start, end: field.end };
}

/** The text of a field. */
export function textOf(message: Message, field: Field): string {
  const { bytes } = message;
  return Buffer.from(bytes.buffer, bytes.byteOffset + field.start, field.end - field.start).toString("utf8");
}

/** A varint as a signed 64-bit number, to the nearest double. */
export function signedOf(message: Message, field: Field): number {
  const value = varint(message.bytes, field.start, field.end);
  if (value < 2 ** 53) return value;
  let exact = 0n;
  for (let at = field.end - 1; at >= field.start; at--) exact = (exact << 7n) | BigInt((message.bytes[at] ?? 0) & 127);
  return Number(BigInt.asIntN(64, exact));
}

/** A view of the bytes of a field. */
export function viewOf(message: Message, field: Field): DataView {
  const { bytes } = message;
  return new DataView(bytes.buffer, bytes.byteOffset + field.start, field.end - field.start);
}

function varintEnd(message: Message, start: number): number {
  for (let at = start; at < message.end && at < start + 10; at++) if ((message.bytes[at] ?? 0) < 128) return at + 1;
  return damaged(message, start);
}

function varint(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = end - 1; at >= start; at--) value = value * 128 + ((bytes[at] ?? 0) & 127);
  return value;
}

function damaged(message: Message, at: number): never {
  throw new UserError(
    "message-damaged",
    `${message.file} holds something else than an event at byte ${message.base + at}.`,
    "Check that the file was written by a TensorBoard writer, and write it again.",
    { file: message.file },
  );
}
