import type { Known, KnownFamily } from "../known-metric.ts";
import { parsePassAtK } from "./pass-at-k.ts";

const share = { direction: "up", low: 0, high: 1 } as const;

/** What is known of the metrics of texts. */
export const knownText: KnownFamily = {
  byName: new Map<string, Known>([
    [
      "exact_match",
      {
        ...share,
        definition: "share of predictions that equal a reference in SQuAD's normal form",
        equals: "Rajpurkar et al. 2016",
      },
    ],
    [
      "token_f1",
      {
        ...share,
        definition: "mean F1 of the words shared with the nearest reference",
        equals: "Rajpurkar et al. 2016",
      },
    ],
    ["win_rate", { ...share, definition: "mean of the column win: 0 lost, 0.5 tied, 1 won" }],
  ]),
  byParameter(name) {
    if (parsePassAtK(name) === undefined) return undefined;
    const definition = "mean of 1 − C(n − c, k) / C(n, k) over rows with n samples of which c are correct";
    return { ...share, definition, equals: "Chen et al. 2021" };
  },
  examples: ["pass@1"],
};
