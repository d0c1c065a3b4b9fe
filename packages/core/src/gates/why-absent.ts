import type { RowsTask } from "../documents/evaluation.ts";
import { measure } from "../metrics/influence.ts";
import { isComputable } from "../metrics/known.ts";
import { undefinedReasons } from "../metrics/undefined-reasons.ts";
import type { RowTable } from "../tables/row-table.ts";
import type { Scope } from "./scope.ts";

/** Why a metric is not among the candidate's: a clause to follow a colon, and a next step. */
export interface WhyAbsent {
  text: string;
  next: string;
}

const NAME_IT = "Name it under `compute`, or compute nothing by name to get the usual metrics.";

/**
 * Why the candidate's rows do not give a metric that rows can give: they were read as another task, a class has no scores, or the reason
 * of the measurement itself, or it was not asked for. Undefined where the rows are not at hand.
 */
export function whyAbsent(metric: string, { candidate, baseline }: Scope): WhyAbsent | undefined {
  const { rows, task } = candidate;
  if (task === undefined || !isComputable(metric)) return undefined;
  const before = "missing" in baseline ? undefined : baseline.side.task?.task;
  if (before !== undefined && before !== task.task)
    return { text: `its rows were read as ${task.task}, the baseline's as ${before}`, next: taskNext(before) };
  if (rows === undefined) return undefined;
  const found = measure(metric, rows, task);
  const why = "undefined" in found ? found.undefined : undefined;
  if (why === "metric-unknown")
    return { text: `its rows were read as ${task.task}`, next: taskNext("what the rows are") };
  const unscored = classesWithoutScores(rows, task);
  if (unscored.length > 0 && (why === undefined || /score/.test(why))) {
    const text = `no column has the scores of the class ${unscored.join(", ")}`;
    return { text, next: `Write one column of scores for each class, such as score:${unscored[0]}.` };
  }
  if (why === undefined) return { text: "its rows could give it, and it was not computed", next: NAME_IT };
  const known = undefinedReasons.get(why);
  if (known === undefined) return { text: why, next: "Look at the rows of the candidate." };
  return { text: known.text.charAt(0).toLowerCase() + known.text.slice(1, -1), next: known.next };
}

function taskNext(task: string): string {
  return `Check the columns of the predictions, and set \`task\` to ${task}.`;
}

/** At most three of the classes without a column of scores, where others have one. */
function classesWithoutScores(rows: RowTable, { classes = [] }: RowsTask): string[] {
  const without = classes.filter((name) => !rows.columns.has(`score:${name}`));
  return without.length === classes.length ? [] : without.slice(0, 3);
}
