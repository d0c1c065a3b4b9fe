import { UserError } from "@metricgate/core/errors/user-error";
import { type Pages, sqliteDamaged } from "./pages.ts";
import { sqliteSize, sqliteVarint } from "./record.ts";

/** Largest row in bytes. */
const rowLimit = 16 * 2 ** 20;
/** Levels of a tree of pages. */
const depthLimit = 32;

/**
 * The rows of a table, from the tree of pages that begins at `root`, in the order of their row ids. Each page is read once, so that pages that
 * lead back to themselves end the reading.
 * @throws UserError `sqlite-damaged` with the byte offset
 */
export async function* tableRows(pages: Pages, root: number): AsyncGenerator<{ rowId: bigint; record: Uint8Array }> {
  const seen = new Set<number>();
  const take = async (number: number): Promise<Uint8Array> => {
    if (seen.has(number)) return sqliteDamaged(pages.file, (number - 1) * pages.size, `page ${number} is used twice`);
    seen.add(number);
    return pages.page(number);
  };
  const work: { number: number; depth: number }[] = [{ number: root, depth: 0 }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { number, depth } = next;
    const page = await take(number);
    const at = (number - 1) * pages.size;
    try {
      const found = readPage(page, number);
      if (found.children !== undefined) {
        if (depth >= depthLimit) return sqliteDamaged(pages.file, at, "its pages lie too deep");
        work.push(...found.children.reverse().map((child) => ({ number: child, depth: depth + 1 })));
        continue;
      }
      for (const cell of found.cells ?? []) yield await rowAt(pages, page, cell, take);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return sqliteDamaged(pages.file, at, `page ${number} is broken: ${error.message}`);
    }
  }
}

/** The children of an inner page, or where the cells of a leaf begin. */
function readPage(page: Uint8Array, number: number): { children?: number[]; cells?: number[] } {
  const start = number === 1 ? 100 : 0;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const kind = view.getUint8(start);
  if (kind !== 5 && kind !== 13) throw new RangeError(`it is no page of a table (kind ${kind})`);
  const count = view.getUint16(start + 3);
  const pointers = start + (kind === 5 ? 12 : 8);
  const cells = Array.from({ length: count }, (_, i) => view.getUint16(pointers + 2 * i));
  if (kind === 13) return { cells };
  return { children: [...cells.map((cell) => view.getUint32(cell)), view.getUint32(start + 8)] };
}

async function rowAt(
  { file, usable }: Pages,
  page: Uint8Array,
  start: number,
  take: (number: number) => Promise<Uint8Array>,
): Promise<{ rowId: bigint; record: Uint8Array }> {
  const { value: length, end } = sqliteSize(page, start);
  const { value: rowId, end: at } = sqliteVarint(page, end);
  if (length > rowLimit) {
    const text = `${file} has a row of ${length} bytes; at most ${rowLimit} are read.`;
    throw new UserError("row-too-long", text, "Name another file, or remove the row.", { file });
  }
  const most = usable - 35;
  if (length <= most) {
    if (at + length > usable) throw new RangeError("a row is longer than its page");
    return { rowId, record: page.subarray(at, at + length) };
  }
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  if (at + local + 4 > usable) throw new RangeError("a row is longer than its page");
  const record = new Uint8Array(length);
  record.set(page.subarray(at, at + local));
  let used = local;
  let next = new DataView(page.buffer, page.byteOffset + at + local, 4).getUint32(0);
  while (used < length) {
    const more = await take(next);
    const part = more.subarray(4, 4 + Math.min(length - used, usable - 4));
    record.set(part, used);
    used += part.length;
    next = new DataView(more.buffer, more.byteOffset, 4).getUint32(0);
  }
  return { rowId, record };
}
