import { crc32c, masked } from "../tensorboard/crc32c.ts";

/** A protobuf field: a key and its bytes, with the length before them for wire type 2. */
export function field(id: number, wire: 0 | 1 | 2 | 5, bytes: Uint8Array): Buffer {
  const length = wire === 2 ? varint(bytes.length) : Buffer.alloc(0);
  return Buffer.concat([varint(id * 8 + wire), length, bytes]);
}

/** A number of at least 0 as a varint. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** The bytes of a little-endian double or float. */
export function float(value: number, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(size);
  if (size === 8) bytes.writeDoubleLE(value);
  else bytes.writeFloatLE(value);
  return bytes;
}

/** One event with the parts of its summary. */
export function event(step: number, values: readonly Uint8Array[], wallTime = 1_763_733_600): Buffer {
  const summary = Buffer.concat(values.map((value) => field(1, 2, value)));
  return Buffer.concat([field(1, 1, float(wallTime, 8)), field(2, 0, varint(step)), field(5, 2, summary)]);
}

/** A scalar as PyTorch and TensorFlow 1 write it. */
export function simpleValue(tag: string, value: number): Buffer {
  return Buffer.concat([field(1, 2, Buffer.from(tag)), field(2, 5, float(value, 4))]);
}

/** The first event of every file. */
export function version(wallTime = 1_763_733_600): Buffer {
  return Buffer.concat([field(1, 1, float(wallTime, 8)), field(3, 2, Buffer.from("brain.Event:2"))]);
}

/** Records as a file, each with its checksums. */
export function recordFile(records: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    records.flatMap((record) => {
      const head = Buffer.alloc(12);
      head.writeUInt32LE(record.length, 0);
      head.writeUInt32LE(masked(crc32c(head, 0, 8)), 8);
      const foot = Buffer.alloc(4);
      foot.writeUInt32LE(masked(crc32c(record)), 0);
      return [head, record, foot];
    }),
  );
}
