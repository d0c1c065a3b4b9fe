import { UserError } from "@metricgate/core/errors/user-error";

/** Times that packed bytes may grow, as of artifacts; and how large the inflated ones may be without the question. */
const growth = { ratio: 200, from: 16 * 2 ** 20 };
/** Rows for each byte of a file; and how many a file may have without the question. */
const density = { ratio: 32, from: 1_000_000 };

/**
 * Refuses what grows more than any table of predictions does when it is inflated, before it fills the memory.
 * @param grown bytes when it is inflated, or those so far
 * @throws UserError `inflated-too-large`
 */
export function checkGrowth(what: string, file: string, packed: number, grown: number): void {
  if (grown <= growth.from || grown <= growth.ratio * packed) return;
  const text = `${what} grows more than ${growth.ratio} times when it is inflated, from ${packed} bytes to ${grown} or more.`;
  throw new UserError("inflated-too-large", text, "Write it without compression if it really holds that.", { file });
}

/** Refuses a file that says more rows than its bytes could tell apart. @throws UserError `inflated-too-large` */
export function checkDensity(file: string, size: number, rows: number): void {
  if (rows <= density.from || rows <= density.ratio * size) return;
  const text = `${file} has ${size} bytes and says that it holds ${rows} rows, more than ${density.ratio} for each byte.`;
  throw new UserError("inflated-too-large", text, "Write the id or the score of each row too.", { file });
}
