import { crc32, deflateRawSync } from "node:zlib";

/** One entry of an archive, with what a hostile writer could set. */
export interface ZipEntry {
  name: string;
  content?: string | Uint8Array;
  /** The unix mode; a regular file unless given. */
  mode?: number;
  flags?: number;
  /** The name in the local header, when it differs. */
  localName?: string;
  /** The size that the headers claim. */
  claims?: number;
  /** The offset of the local header, when the entry points at another's. */
  at?: number;
  deflate?: boolean;
}

/** Writes a zip archive byte by byte, so that tests can write bad ones. */
export function makeZip(entries: readonly ZipEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? "x");
    const packed = entry.deflate ? deflateRawSync(content) : content;
    const fixed = (name: string, signature: number, made: boolean): Buffer => {
      const head = Buffer.alloc(made ? 46 : 30);
      let at = head.writeUInt32LE(signature, 0);
      if (made) at = head.writeUInt16LE(0x0314, at);
      at = head.writeUInt16LE(20, at);
      at = head.writeUInt16LE((entry.flags ?? 0) | 0x800, at);
      at = head.writeUInt16LE(entry.deflate ? 8 : 0, at);
      at = head.writeUInt32LE(0x5a210000, at);
      at = head.writeUInt32LE(crc32(content), at);
      at = head.writeUInt32LE(packed.length, at);
      at = head.writeUInt32LE(entry.claims ?? content.length, at);
      head.writeUInt16LE(Buffer.byteLength(name), at);
      return head;
    };
    const localName = entry.localName ?? entry.name;
    const local = Buffer.concat([fixed(localName, 0x04034b50, false), Buffer.from(localName), packed]);
    const head = fixed(entry.name, 0x02014b50, true);
    head.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    head.writeUInt32LE(entry.at ?? offset, 42);
    central.push(head, Buffer.from(entry.name));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}
