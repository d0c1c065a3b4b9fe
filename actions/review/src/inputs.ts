import { measuring } from "@metricgate/action-evaluate/inputs";
import { judging } from "@metricgate/action-gate/inputs";
import { telling } from "@metricgate/action-report/inputs";
import { shared } from "@metricgate/core/inputs/fields";
import { z } from "zod";

/** The inputs of `review`: those of evaluate, gate and report. */
export const inputs = z.strictObject({ ...shared, ...measuring, ...judging, ...telling });
