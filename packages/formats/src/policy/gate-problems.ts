import type { Problem } from "@metricgate/core/errors/user-error";
import { directionOf } from "@metricgate/core/metrics/directions";
import type { GateEntry, ModelPolicy } from "@metricgate/core/policy/schema";
import type { ReadYaml } from "../yaml/read-yaml.ts";

type Key = "max-drop" | "max-rise" | "max-off" | "min-gain" | "target";

/** Keys of a gate that contradict each other or the direction of its metric, each with the key to write instead. */
export function gateProblems(
  model: ModelPolicy,
  path: readonly (string | number)[],
  read: ReadYaml,
  name: string,
): Problem[] {
  return model.gates.flatMap((gate, index) => {
    const here = [...path, "gates", index];
    const problem = (key: Key, text: string, next: string, inSlices = false): Problem => ({
      code: "policy-wrong-key",
      text: `Gate ${index + 1} of ${String(path.at(-1))} (${gate.metric}): ${text}`,
      next,
      where: { file: name, ...read.keyPositionOf([...here, ...(inSlices ? ["slices"] : []), key]) },
    });
    return conflictsOf(gate, problem);
  });
}

type Make = (key: Key, text: string, next: string, inSlices?: boolean) => Problem;

function conflictsOf(gate: GateEntry, problem: Make): Problem[] {
  const direction = gate.direction ?? (gate.metric.includes("*") ? undefined : directionOf(gate.metric));
  const orSay = gate.direction === undefined;
  const found: Problem[] = [];
  for (const inSlices of [false, true]) {
    const keys: Pick<GateEntry, "max-drop" | "max-rise"> = inSlices ? (gate.slices ?? {}) : gate;
    const { "max-drop": drop, "max-rise": rise } = keys;
    if (drop !== undefined && rise !== undefined) {
      found.push(
        problem(
          "max-rise",
          "has both max-drop and max-rise.",
          "Keep max-drop when higher is better, max-rise when lower is.",
          inSlices,
        ),
      );
    } else if (drop !== undefined && direction === "down") {
      const say = orSay ? ", or add direction: up" : "";
      found.push(
        problem(
          "max-drop",
          "should be low, so max-drop does not fit it.",
          `Write max-rise: ${drop} instead${say}.`,
          inSlices,
        ),
      );
    } else if (rise !== undefined && direction === "up") {
      const say = orSay ? ", or add direction: down" : "";
      found.push(
        problem(
          "max-rise",
          "should be high, so max-rise does not fit it.",
          `Write max-drop: ${rise} instead${say}.`,
          inSlices,
        ),
      );
    } else if (direction === "near" && (drop !== undefined || rise !== undefined)) {
      const key = drop === undefined ? "max-rise" : "max-drop";
      found.push(
        problem(
          key,
          `should be near a target, so ${key} does not fit it.`,
          "Write max-off, the largest distance from the target, instead.",
          inSlices,
        ),
      );
    }
  }
  if (gate["max-off"] !== undefined && gate.direction !== "near") {
    found.push(
      problem(
        "max-off",
        "max-off belongs to metrics that should be near a target.",
        "Add direction: near and target: ….",
      ),
    );
  } else if (gate["max-off"] !== undefined && gate.target === undefined) {
    found.push(problem("max-off", "max-off needs a target.", "Add target: …, the value wanted."));
  }
  return found;
}
