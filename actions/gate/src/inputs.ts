import { marginOrNone, shared, text } from "@metricgate/core/inputs/fields";
import { DEFAULT_MAX_DROP, NO_MAX_DROP } from "@metricgate/core/policy/default-max-drop";
import { z } from "zod";

/** The inputs of `gate` that `review` has too. */
export const judging = {
  "max-drop": marginOrNone(
    `Largest loss in the bad direction of any metric, such as \`0.01\` or \`1%\`, where no policy judges it; beside a policy it only tightens margins that are wider (one of the other scale at the baseline's value); \`${DEFAULT_MAX_DROP}\` when there is neither, \`${NO_MAX_DROP}\` to show everything and judge nothing.`,
  ),
};

/** The inputs of `gate`. */
export const inputs = z.strictObject({
  ...shared,
  ...judging,
  candidate: text("The candidate's evaluation; that of the work folder or of this run otherwise."),
  baseline: text("The baseline's evaluation, instead of the store's."),
  from: text("Folder that holds candidate, baseline and selection: the same verdict again, without a network."),
});
