import { UserError } from "@metricgate/core/errors/user-error";

/** One kind of value: `f8`, `i4`, `u1`, `b1`, `U12`, `S3`, and in what order its bytes stand. */
export interface NpyType {
  kind: "f" | "i" | "u" | "b" | "U" | "S";
  /** Bytes of a value. */
  size: number;
  little: boolean;
}

/** A field of an array: the whole of it, or one of a structured array. `offset` is its place inside an item. */
export interface NpyField {
  name: string;
  type: NpyType;
  offset: number;
}

/** What an array of a `.npy` file says about itself. */
export interface NpyHeader {
  fields: NpyField[];
  /** Whether the fields have names. */
  structured: boolean;
  /** Bytes of an item. */
  itemSize: number;
  fortran: boolean;
  shape: number[];
  /** Where the items begin. */
  dataAt: number;
  /** Why its values are not read; its fields have names only. */
  refused?: UserError;
}

/** Bytes in which a header must end; NumPy itself reads 10,000. */
export const headerLimit = 1 << 16;

/**
 * Reads the header of an array.
 * @param bytes the beginning of the array, at most `headerLimit` bytes
 * @source NumPy enhancement proposal 1, and the versions 2 and 3 of numpy.lib.format
 * @throws UserError `npy-broken` with the byte offset; `npy-pickle` and `npy-type` are `refused`
 */
export function readNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const broken = (at: number, why: string): never => {
    throw new UserError("npy-broken", `${file} is no whole NumPy array: ${why} at byte ${at}.`, "Write it again.", {
      file,
    });
  };
  const major = bytes[6] ?? 0;
  const wide = major > 1;
  if (bytes.length < 12 || major < 1 || major > 3) return broken(6, `its version is ${major}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = wide ? 12 : 10;
  if (start + length > bytes.length) return broken(8, `its header has ${length} bytes`);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString(major === 3 ? "utf8" : "latin1");
  // Only the first place, since each further try would look at all that follows.
  const descr = /^'descr':\s*('[^']*'|\[.*?\])\s*,\s*'fortran_order'/s.exec(text.slice(text.indexOf("'descr':")))?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  // What is left besides the three entries; anything else is no header of NumPy's.
  const rest = text
    .replace(`'descr'`, "")
    .replace(descr ?? "", "")
    .replace(/'fortran_order':\s*(?:True|False)/, "")
    .replace(/'shape':\s*\([\d\s,L]*\)/, "");
  if (!/^\{\s*:\s*,\s*,\s*,?\s*\}\s*$/.test(rest)) return broken(start, "its header cannot be read");
  if (descr === undefined || fortran === undefined || shape === undefined)
    return broken(start, "its header cannot be read");
  const sizes = shape.split(",").map((size) => size.trim().replace(/L$/, ""));
  const dimensions = sizes.filter((size) => size !== "").map(Number);
  if (sizes.some((size) => /^0\d/.test(size))) return broken(start, "its shape has a number that begins with 0");
  if (!dimensions.every(Number.isSafeInteger)) return broken(start, "its shape is too large");
  const structured = descr.startsWith("[");
  const known = fieldsOrRefusal(descr, structured, file);
  const last = known.fields.at(-1);
  const itemSize = last === undefined ? 0 : last.offset + last.type.size;
  return { ...known, structured, itemSize, fortran: fortran === "True", shape: dimensions, dataAt: start + length };
}

/** An array beside the others that nobody wants may hold anything; so its type is refused when it is read. */
function fieldsOrRefusal(
  descr: string,
  structured: boolean,
  file: string,
): { fields: NpyField[]; refused?: UserError } {
  try {
    const fields = structured
      ? fieldsOf(descr, file)
      : [{ name: "", type: typeOf(descr.slice(1, -1), file), offset: 0 }];
    return { fields };
  } catch (refused) {
    if (!(refused instanceof UserError)) throw refused;
    const names = structured ? Array.from(descr.matchAll(/\(\s*'([^']+)'/g), ([, name = ""]) => name) : [""];
    return { refused, fields: names.map((name) => ({ name, type: { kind: "b", size: 1, little: true }, offset: 0 })) };
  }
}

function fieldsOf(descr: string, file: string): NpyField[] {
  const fields: NpyField[] = [];
  let offset = 0;
  let rest = descr.slice(1, -1).trim();
  while (rest !== "") {
    const found = /^\(\s*'((?:[^'\\]|\\.)*)'\s*,\s*'([^']*)'\s*\)\s*,?\s*/.exec(rest);
    if (found === null) return refuseType(descr, file);
    const [whole, name = "", type = ""] = found;
    // Fields without a name fill the gaps of aligned structures.
    const size = /^\|V(\d+)$/.exec(type)?.[1];
    if (name === "" && size !== undefined) offset += Number(size);
    else {
      const known = typeOf(type, file);
      fields.push({ name, type: known, offset });
      offset += known.size;
    }
    rest = rest.slice(whole.length);
  }
  return fields;
}

function typeOf(descr: string, file: string): NpyType {
  if (/^\|?O/.test(descr)) {
    throw new UserError(
      "npy-pickle",
      `${file} holds Python objects, which only running code can read, so it is not read.`,
      "Give the array a plain type before it is saved, such as `.astype(str)` or `.astype(float)`.",
      { file },
    );
  }
  const [, order = "|", kind = "", digits = ""] = /^([<>|=])?([fiubUS])(\d+)$/.exec(descr) ?? [];
  const size = Number(digits) * (kind === "U" ? 4 : 1);
  const sizes: Record<string, readonly number[]> = { f: [2, 4, 8], i: [1, 2, 4, 8], u: [1, 2, 4, 8], b: [1] };
  const fits = kind === "U" || kind === "S" ? size > 0 && size <= 1 << 20 : sizes[kind]?.includes(size);
  if (fits !== true) return refuseType(descr, file);
  return { kind: kind as NpyType["kind"], size, little: order !== ">" };
}

function refuseType(descr: string, file: string): never {
  const next = "Save whole numbers, floats of at most 64 bits, booleans or texts.";
  throw new UserError("npy-type", `${file} holds values of the type ${descr.slice(0, 60)}, which is not read.`, next, {
    file,
  });
}
