import { z } from "zod";
import { metric } from "./evaluation.ts";

const { from: _, value, ...stated } = metric.shape;

/** Our own list of metrics as a tool writes it: the metrics of an evaluation, where `value` may be null; other keys are ignored. */
export const metricList = z.array(z.looseObject({ ...stated, value: value.unwrap().nullable().optional() }));

/** The JSON Schema (draft 2020-12) of our own list of metrics. */
export function metricListSchema(): object {
  return z.toJSONSchema(metricList, { io: "input", unrepresentable: "any" });
}
