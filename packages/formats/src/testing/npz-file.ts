import { deflateRawSync } from "node:zlib";
import { crc32 } from "../numpy/crc32.ts";

/** An array as NumPy saves it, with whatever header is said. @param shape as it stands between the parentheses */
export function npyFile(descr: string, shape: string, bytes: Uint8Array, fortran = false): Buffer {
  const said = descr.startsWith("[") ? descr : `'${descr}'`;
  return npyWithHeader(
    `{'descr': ${said}, 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape}), }`,
    bytes,
  );
}

/** The same with the whole header as text. */
export function npyWithHeader(header: string, bytes: Uint8Array): Buffer {
  const head = Buffer.from(`${header.padEnd(53)}\n`, "latin1");
  const start = Buffer.from("\x93NUMPY\x01\x00\0\0", "latin1");
  start.writeUInt16LE(head.length, 8);
  return Buffer.concat([start, head, bytes]);
}

/** What an entry of an archive says of itself, where it is not the truth. */
export interface ZipLies {
  size?: number;
  packed?: number;
  crc?: number;
  method?: number;
  flags?: number;
  at?: number;
}

/** An archive of files, deflated; its list says what `lies` say. */
export function zipFile(
  files: Readonly<Record<string, Uint8Array>>,
  lies: Readonly<Record<string, ZipLies>> = {},
): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const said = lies[name] ?? {};
    const packed = deflateRawSync(bytes);
    const title = Buffer.from(name);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(said.flags ?? 0, 2);
    fixed.writeUInt16LE(said.method ?? 8, 4);
    fixed.writeUInt32LE(said.crc ?? crc32(bytes), 10);
    fixed.writeUInt32LE(said.packed ?? packed.length, 14);
    fixed.writeUInt32LE(said.size ?? bytes.length, 18);
    fixed.writeUInt16LE(title.length, 22);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(said.at ?? at, 10);
    list.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), fixed, end, title);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fixed, title, packed]);
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(list);
  const tail = Buffer.alloc(22);
  tail.write("PK\x05\x06", "latin1");
  tail.writeUInt16LE(Object.keys(files).length, 8);
  tail.writeUInt16LE(Object.keys(files).length, 10);
  tail.writeUInt32LE(central.length, 12);
  tail.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, tail]);
}
