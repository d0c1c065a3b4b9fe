import { oneOf, type Random } from "./random.ts";

/** Pieces that files of any format are apt to break on. */
const pieces = [
  ..."\"'{}[],:;=#%&<>|\t\n\r\0 -+.0123456789eE_é\u2028\ufeff",
  ..."null|true|NaN|Infinity|-Infinity|nan|inf|.nan|1e999|1e-400|0x1F|0o17|1_000|-0|__proto__|constructor|\r\n|\n\n|\\u0000|\\ud800|<!--|]]>|<![CDATA[|&#0;|&lt;|~|!!int|&a|*a|<<|---|...|2026-11-21|12:30:45|1,5|123456789012345678901234567890".split(
    "|",
  ),
].map((text) => Buffer.from(text, "utf8"));

/** Bytes with one to four changes: bytes set, flipped, removed, doubled, moved, cut off, or pieces and parts of another file put in. */
export function mutated(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let now = Buffer.from(bytes);
  for (let left = 1 + random(4); left > 0; left--) now = changed(now, other, random);
  return now;
}

function changed(bytes: Buffer, other: Uint8Array, random: Random): Buffer<ArrayBuffer> {
  const at = random(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + random(12));
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  switch (random(10)) {
    case 0:
      return Buffer.concat([before, Buffer.from([random(256)]), bytes.subarray(at + 1)]);
    case 1:
      return Buffer.concat([before, Buffer.from([(bytes[at] ?? 0) ^ (1 << random(8))]), bytes.subarray(at + 1)]);
    case 2:
      return Buffer.concat([before, after]);
    case 3:
      return Buffer.concat([before, part, part, after]);
    case 4:
      return Buffer.concat([before, after.subarray(0, 1), part, after.subarray(1)]);
    case 5:
      return random(4) === 0 ? Buffer.concat([before]) : Buffer.concat([before, after]);
    case 6: {
      const from = random(other.length + 1);
      return Buffer.concat([before, other.subarray(from, from + 1 + random(40)), after]);
    }
    case 7:
      return digitChanged(bytes, random);
    default:
      return Buffer.concat([before, oneOf(pieces, random), random(2) === 0 ? after : bytes.subarray(at)]);
  }
}

/** Another digit in place of one: what is still a file of the format, with another value. */
function digitChanged(bytes: Buffer, random: Random): Buffer<ArrayBuffer> {
  const now = Buffer.concat([bytes]);
  const places = [...now.keys()].filter((place) => (now[place] ?? 0) >= 48 && (now[place] ?? 0) <= 57);
  if (places.length > 0) now[oneOf(places, random)] = 48 + random(10);
  return now;
}
