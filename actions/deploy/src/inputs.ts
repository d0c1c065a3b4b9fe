import { choice, flag, lines, modelDigest, shared, text, whole } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** The inputs of `deploy`. */
export const inputs = z.strictObject({
  ...shared,
  "model-digest": modelDigest,
  path: text("Folder that holds the model's files; downloaded from the run of the verdict otherwise."),
  "run-id": whole(1, "Run that made the verdict; this run otherwise."),
  target: choice(["directory"], "directory", "Where to promote to."),
  to: text("The target's place: for `directory` a folder."),
  environment: text("Name of the environment, as in the job's `environment:`."),
  accept: choice(["pass", "warn"], "pass", "The weakest verdict that may be deployed."),
  approval: choice(
    ["environment", "pull-request", "none"],
    "environment",
    "What must have approved it: reviewers of the environment, a merged pull request, or nobody.",
  ),
  "smoke-run": text("Command that tests the promoted model; it gets its folder as `METRICGATE_MODEL_DIR`."),
  "smoke-url": text("Address that must answer 2xx after the promotion."),
  "pass-env": lines("Names of environment variables that the smoke command gets although they would be scrubbed."),
  record: flag(true, "Write a GitHub Deployment with its statuses."),
  rollback: flag(false, "Go back to the previous model instead of promoting one."),
});
