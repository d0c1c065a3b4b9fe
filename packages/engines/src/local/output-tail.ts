/** The end of a long output, kept in flat memory. */
export interface OutputTail {
  add(bytes: Uint8Array): void;
  /** The last lines, at most 4,000 characters, from the start of a line where one lies within; broken UTF-8 shows as U+FFFD. */
  text(): string;
}

const characters = 4000;
/** A character has at most four bytes. */
const kept = characters * 4;

/** An empty tail. */
export function outputTail(): OutputTail {
  let bytes: Uint8Array = new Uint8Array(0);
  let cut = false;
  return {
    add(more) {
      cut ||= bytes.length + more.length > kept;
      const recent = more.subarray(Math.max(0, more.length - kept));
      const older = bytes.subarray(Math.max(0, bytes.length + recent.length - kept));
      const joined = new Uint8Array(older.length + recent.length);
      joined.set(older);
      joined.set(recent, older.length);
      bytes = joined;
    },
    text() {
      const whole = new TextDecoder().decode(bytes);
      if (!cut && whole.length <= characters) return whole;
      const end = whole.slice(-characters);
      const line = end.indexOf("\n");
      // A last line longer than the limit keeps its end; half a surrogate pair goes.
      return line === -1 || line === end.length - 1 ? end.replace(/^[\udc00-\udfff]/, "") : end.slice(line + 1);
    },
  };
}
