import { shown } from "../text/shown.ts";
import type { Tree } from "../tree/tree.ts";
import type { Found } from "./found-metric.ts";
import { hasDecimalComma, looksLikeNumber, measured } from "./number-text.ts";
import type { Refuse } from "./refuse.ts";

/**
 * The numbers of nested mappings, their keys joined with `.`, as DVC reads them. Lists, booleans and texts are left out and named;
 * null and numbers that are not finite become metrics without a value.
 * @throws UserError `metric-is-text` and `decimal-comma` for a number written as text
 */
export function nestedMetrics(root: Tree, refuse: Refuse): Found {
  const found: Found = { metrics: [], ignored: [] };
  const walk = (tree: Tree, name: string, at: number): void => {
    switch (tree.kind) {
      case "mapping":
        for (const member of tree.members) {
          walk(member.value, name === "" ? member.key : `${name}.${member.key}`, member.keyAt);
        }
        return;
      case "number":
        found.metrics.push({ metric: { name, ...measured(tree.value) }, at });
        return;
      case "null":
        found.metrics.push({ metric: { name, undefined: "null" }, at });
        return;
      case "text":
        if (hasDecimalComma(tree.value)) refuse.decimalComma(name, tree.value, tree.at);
        if (/^\s*[+-]?(?:\d+(?:\.\d*)?\s*%|\d+(?:_\d+)+(?:\.\d+)?)\s*$/.test(tree.value)) {
          const what = `${shown(name)} is the text ${shown(tree.value)}, not a number.`;
          refuse.name("metric-is-text", what, "Write 93% as 0.93 or 93, and 1_000 as 1000.", tree.at);
        }
        if (looksLikeNumber(tree.value)) refuse.textForNumber(name, tree.value, tree.at);
        found.ignored.push({ name, is: "a text" });
        return;
      default:
        found.ignored.push({ name, is: tree.kind === "list" ? "a list" : "true or false" });
    }
  };
  walk(root, "", root.at);
  return found;
}
