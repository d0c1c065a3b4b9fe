import { z } from "zod";

const sharePattern = /^\d+(\.\d+)?\s*%$/;

/** A gate's `history`: the value against the last accepted runs. */
export const historyRule = z.strictObject({
  window: z.number().int().min(5).max(1000).optional().describe("How many of the last accepted runs; 20."),
  method: z.enum(["t", "percentage", "mad"]).optional().describe("How the band is made; t."),
  level: z.number().gt(0.5).lt(1).optional().describe("With t: the one-sided level of the prediction band; 0.99."),
  "max-off": z
    .string()
    .regex(sharePattern, 'is not a share such as "10%"')
    .optional()
    .describe("With percentage: the largest distance from the mean, such as 10%."),
  k: z.number().positive().optional().describe("With mad: how many scaled deviations from the median; 3."),
});
export type HistoryRule = z.infer<typeof historyRule>;

/** A gate's `fairness`: gaps of the metric between the groups of a column; one of the three limits. */
export const fairnessRule = z.strictObject({
  by: z.string().min(1).describe("The column whose values are the groups."),
  "difference-max": z.number().nonnegative().optional().describe("Largest difference between any two groups."),
  "ratio-min": z.number().gt(0).lte(1).optional().describe("Smallest ratio of any group to any other."),
  "to-overall-max": z.number().nonnegative().optional().describe("Largest difference of any group to all rows."),
  "min-support": z.number().int().positive().optional().describe("Rows that a group needs to be judged; 100."),
});
export type FairnessRule = z.infer<typeof fairnessRule>;
