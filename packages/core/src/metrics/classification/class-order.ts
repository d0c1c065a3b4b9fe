import { codePointOrder } from "../../text/code-point-order.ts";

/** The classes in order, each once: as numbers when all are numbers (`2` before `10`), else by code point. */
export function classOrder(names: Iterable<string>): string[] {
  const once = [...new Set(names)];
  const numeric = once.every((name) => name.trim() !== "" && Number.isFinite(Number(name)));
  return once.sort((a, b) => (numeric && Number(a) - Number(b)) || codePointOrder(a, b));
}
