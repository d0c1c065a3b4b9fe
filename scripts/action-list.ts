import { inputs as deploy } from "../actions/deploy/src/inputs.ts";
import { outputs as deployOutputs } from "../actions/deploy/src/outputs.ts";
import { inputs as evaluate } from "../actions/evaluate/src/inputs.ts";
import { outputs as evaluateOutputs } from "../actions/evaluate/src/outputs.ts";
import { inputs as gate } from "../actions/gate/src/inputs.ts";
import { outputs as gateOutputs } from "../actions/gate/src/outputs.ts";
import { inputs as plan } from "../actions/plan/src/inputs.ts";
import { outputs as planOutputs } from "../actions/plan/src/outputs.ts";
import { inputs as report } from "../actions/report/src/inputs.ts";
import { outputs as reportOutputs } from "../actions/report/src/outputs.ts";
import { inputs as review } from "../actions/review/src/inputs.ts";
import { outputs as reviewOutputs } from "../actions/review/src/outputs.ts";
import { inputs as train } from "../actions/train/src/inputs.ts";
import { outputs as trainOutputs } from "../actions/train/src/outputs.ts";

/** Every action by the name of its folder, with its inputs and outputs. */
export const actionList = {
  train: { inputs: train, outputs: trainOutputs },
  evaluate: { inputs: evaluate, outputs: evaluateOutputs },
  gate: { inputs: gate, outputs: gateOutputs },
  report: { inputs: report, outputs: reportOutputs },
  deploy: { inputs: deploy, outputs: deployOutputs },
  plan: { inputs: plan, outputs: planOutputs },
  review: { inputs: review, outputs: reviewOutputs },
};
