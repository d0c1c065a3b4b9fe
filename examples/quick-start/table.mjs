// The example's tables hold no quotes and no commas inside a cell, so a line is split at its commas.
import { readFileSync } from "node:fs";

/** Reads a table with a header line into one object per row; a line of another width is an error with its number. */
export function readTable(path) {
  const [head, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line, index) => {
    const cells = line.split(",");
    if (cells.length !== names.length)
      throw new Error(`${path}:${index + 2}: ${cells.length} cells, expected ${names.length}`);
    return Object.fromEntries(names.map((name, at) => [name, cells[at]]));
  });
}
