import { outputs as ofGate } from "@metricgate/action-gate/outputs";
import { outputs as ofReport } from "@metricgate/action-report/outputs";

/** The outputs of `review`: those of gate and report. */
export const outputs = { ...ofGate, "report-url": ofReport["report-url"] };
