import { UserError } from "@metricgate/core/errors/user-error";
import { foldJson } from "../json/fold-json.ts";
import { treeFold } from "../json/json-tree.ts";
import type { Tree } from "../tree/tree.ts";
import type { Found, FoundMetric } from "./found-metric.ts";
import { listedMetric, metricList } from "./listed-metrics.ts";
import { refusals } from "./refuse.ts";

/**
 * Our own list in a JSON text, read as `listedMetrics` reads its tree. A list may hold 100,000 metrics, whose trees take many times
 * their memory: each metric is read as soon as it ends, and an empty tree stays in its place.
 * @throws UserError as `foldJson` and `listedMetrics`, and what is no JSON is said first
 */
export function jsonList(text: string, name: string): Found {
  const refuse = refusals(text, name);
  // In the order of the text, as the items of the list are.
  const read: FoundMetric[] = [];
  // The metrics of a list stand on its second level, those below the key `metrics` on the third.
  const level = /^\s*\[/.test(text) ? 2 : 3;
  let refused = false;
  const root = foldJson<Tree>(text, name, {
    ...treeFold,
    mapping(keys, keysAt, values, at, depth) {
      const tree = treeFold.mapping(keys, keysAt, values, at, depth);
      if (depth !== level || refused) return tree;
      try {
        read.push(listedMetric(tree, refuse));
        return { kind: "null", at };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // It is refused again in its turn, unless it stands where nothing is read.
        refused = true;
        return tree;
      }
    },
  });
  let next = 0;
  const metrics = (metricList(root) ?? []).map((item) => {
    while ((read[next]?.at ?? item.at) < item.at) next++;
    const found = read[next];
    return found?.at === item.at ? found : listedMetric(item, refuse);
  });
  return { ignored: [], metrics };
}
