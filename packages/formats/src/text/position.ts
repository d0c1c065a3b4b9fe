/** A place in a text, both from 1; the column counts UTF-16 units, as editors do. */
export interface Position {
  line: number;
  column: number;
}

/** The line and column of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Lines of offsets that only grow, without counting from the start each time. */
export function lineCounter(text: string): (offset: number) => number {
  const newlineFrom = (at: number): number => {
    const found = text.indexOf("\n", at);
    return found < 0 ? text.length : found;
  };
  let line = 1;
  let before = 0;
  // Kept, since looking for it again would read a text of one long line at each call.
  let newline = newlineFrom(0);
  return (offset) => {
    if (offset < before) {
      line = 1;
      newline = newlineFrom(0);
    }
    before = offset;
    while (newline < offset) {
      line++;
      newline = newlineFrom(newline + 1);
    }
    return line;
  };
}
