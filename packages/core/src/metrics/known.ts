import type { TaskName } from "../documents/evaluation.ts";
import type { Direction } from "../documents/fields.ts";
import { closest } from "../inputs/closest.ts";
import { knownClassification } from "./classification/known-classification.ts";
import { knownForecasting } from "./forecasting/known-forecasting.ts";
import type { Known, KnownFamily } from "./known-metric.ts";
import { knownRanking } from "./ranking/known-ranking.ts";
import { knownRegression } from "./regression/known-regression.ts";
import { knownText } from "./text/known-text.ts";
import { knownValues } from "./values/known-values.ts";

/** The families by task (`any`: of every task); a name that several know means what the first says. */
const FAMILIES: readonly { task: TaskName | "any"; family: KnownFamily }[] = [
  { task: "classification", family: knownClassification },
  { task: "regression", family: knownRegression },
  { task: "ranking", family: knownRanking },
  { task: "text", family: knownText },
  { task: "forecasting", family: knownForecasting },
  { task: "any", family: knownValues },
];

/** What is known of `name`, also with a parameter such as `recall@fpr=0.01`. */
export function known(name: string): Known | undefined {
  for (const { family } of FAMILIES) {
    const found = family.byName.get(name) ?? family.byParameter(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether `measure` can compute a metric of this name from rows. */
export function isComputable(name: string): boolean {
  return known(name) !== undefined;
}

/** Which way is good for a computable metric. */
export function computableDirection(name: string): Direction | undefined {
  return known(name)?.direction;
}

/** A computable metric as the docs list it. */
export interface ComputableMetric extends Known {
  name: string;
  task: TaskName | "any";
}

/** Every computable metric by task, those with a parameter by one example each. */
export function computableMetrics(): ComputableMetric[] {
  return FAMILIES.flatMap(({ task, family }) => [
    ...[...family.byName].map(([name, about]) => ({ name, task, ...about })),
    ...family.examples.flatMap((name) => {
      const about = family.byParameter(name);
      return about === undefined ? [] : [{ name, task, ...about }];
    }),
  ]);
}

/** The computable metric whose name is nearest to an unknown one, when it is near enough to be a slip. */
export function closestMetric(name: string): string | undefined {
  return closest(
    name,
    computableMetrics().map((metric) => metric.name),
  );
}
