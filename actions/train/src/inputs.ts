import { flag, lines, shared, text, whole } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** The inputs of `train`. */
export const inputs = z.strictObject({
  ...shared,
  run: z
    .string()
    .trim()
    .min(1)
    .meta({ description: "Command that trains; it runs in the shell with a scrubbed environment.", kind: "text" }),
  path: text("Folder that holds the model's files; with several runs it names `{run}` or `{seed}`."),
  checkpoint: text(
    "Folder that is saved to the cache after the step, also when it is cancelled, and restored before it.",
  ),
  "pass-env": lines("Names of environment variables that the command gets although they would be scrubbed."),
  grace: whole(0, "Seconds between the first signal and the end of the command; 7 by default."),
  params: lines("Parameters for the record, `name=value`; the command gets them as `METRICGATE_PARAM_NAME`."),
  repeat: whole(1, "How many times the command runs, each with another seed; the first run's model is the model."),
  seeds: lines(
    "Seeds of the runs, such as `1,2,3`; 1 and on otherwise. The command gets `METRICGATE_SEED` and `METRICGATE_RUN`.",
  ),
  upload: flag(true, "Upload the model's files as an artifact."),
});
