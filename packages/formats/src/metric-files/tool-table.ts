import { metricFormats } from "./format-list.ts";

/** Whether a table with these columns is the log or the results of a tool that we read, and so no table of predictions. */
export function isToolTable(path: string, columns: readonly string[]): boolean {
  const head = { path, size: 1, bytes: new Uint8Array(0), columns };
  return metricFormats.some(({ name, detect }) => name !== "table" && detect(head) !== undefined);
}
