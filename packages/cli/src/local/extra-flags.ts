import { flag, text } from "@metricgate/core/inputs/fields";

/** Flags of the command line that no action has. */
export const extra = {
  json: flag(false, "Print the document on stdout."),
  out: text("Write the result to this file too."),
  at: text("The date that ages and waivers are judged by, where there is no git: `2026-11-20T12:00:00Z`."),
};
