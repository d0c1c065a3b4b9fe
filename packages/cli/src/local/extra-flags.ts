import { instant } from "@metricgate/core/documents/fields";
import { flag, text } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** Flags of the command line that no action has. */
export const extra = {
  json: flag(false, "Print the document on stdout."),
  out: text("Write the result to this file too."),
  at: z
    .string()
    .trim()
    .refine((at) => instant.safeParse(at).success, "is not a date and time such as 2026-11-20T12:00:00Z")
    .optional()
    .meta({
      description: "The date that ages and waivers are judged by, where there is no git: `2026-11-20T12:00:00Z`.",
      kind: "text",
    }),
};
