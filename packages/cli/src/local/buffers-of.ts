/** The memory of all typed arrays in plain data, each once, so that it can be handed over and not copied. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const look = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) found.add(part.buffer);
    } else if (Array.isArray(part) || part instanceof Map) {
      for (const item of part.values()) look(item);
    } else if (typeof part === "object" && part !== null) {
      for (const item of Object.values(part)) look(item);
    }
  };
  look(value);
  return [...found];
}
