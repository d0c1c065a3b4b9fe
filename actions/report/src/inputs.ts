import { choiceOrNone, flag, lines, shared, text, textOr, whole } from "@metricgate/core/inputs/fields";
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
  "run-id": whole(
    1,
    "The pull request's run whose documents are judged and reported by this trusted run: `github.event.workflow_run.id`.",
  ),
  workflow: text(
    "With `run-id`: path of the only workflow whose documents are believed, such as `.github/workflows/model-gate.yml`.",
  ),
  status: textOr("metricgate", "With `run-id`: name of the commit status that branch protection requires."),
  bases: lines(
    "With `run-id`: base branches whose pull requests may get a success, as globs, one per line; the default branch otherwise. Others stay pending.",
  ),
  "approval-summary": text(
    "Environment that the model is to be deployed to: the job summary then starts with what its reviewers need. `true` for `production`.",
  ),
  verdict: lines("Verdict files: globs, one per line; those of the work folder or of this run otherwise."),
});
