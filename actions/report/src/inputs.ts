import { choiceOrNone, flag, lines, shared, text } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** The inputs of `report` that `review` has too. */
export const telling = {
  comment: choiceOrNone(
    ["changes", "always", "failures", "never"],
    "When to comment on the pull request; `changes` by default: from the first run, failure or change on.",
  ),
  "comment-key": text("Tells the comments of two jobs of one workflow apart."),
  check: flag(false, "Make a check run too; needs `checks: write`."),
  html: flag(true, "Upload the HTML report."),
};

/** The inputs of `report`. */
export const inputs = z.strictObject({
  ...shared,
  ...telling,
  expect: text(
    "The models that must report, the output `models` of `plan`: the step then speaks for all of them and fails when one failed or is missing.",
  ),
  verdict: lines("Verdict files: globs, one per line; those of the work folder or of this run otherwise."),
});
