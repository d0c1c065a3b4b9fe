import { UserError } from "@metricgate/core/errors/user-error";
import type { ModelPolicy } from "@metricgate/core/policy/schema";
import type { ColumnChoice } from "@metricgate/formats/predictions/column-choice";
import { type Role, roles } from "@metricgate/formats/predictions/column-roles";
import type { EvaluateRequest } from "./evaluate-ports.ts";

/** What the columns of the prediction table mean; inputs win over the policy, key by key. @throws UserError `input-invalid` */
export function askedColumns(
  request: Pick<EvaluateRequest, "columns" | "slices" | "positive" | "task" | "compute">,
  policy: Pick<ModelPolicy, "predictions" | "compute"> | undefined,
): ColumnChoice {
  const declared = policy?.predictions;
  const given = columnsGiven(request.columns ?? []);
  const compute = request.compute ?? policy?.compute;
  const positive = request.positive ?? declared?.positive;
  const task = request.task ?? declared?.task;
  const choice: ColumnChoice = { slices: request.slices ?? declared?.slices ?? [] };
  for (const role of roles) {
    const column = given.roles.get(role) ?? declared?.[role];
    if (column !== undefined) choice[role] = column;
  }
  const values = given.values.length > 0 ? given.values : declared?.values;
  if (values !== undefined) choice.values = values;
  if (positive !== undefined) choice.positive = positive;
  if (task !== undefined) choice.task = task;
  if (compute !== undefined) choice.compute = compute;
  return choice;
}

/** `role=column` entries; `values=a,b` may stand more than once. */
function columnsGiven(entries: readonly string[]): { roles: Map<Role, string>; values: string[] } {
  const given = { roles: new Map<Role, string>(), values: [] as string[] };
  for (const entry of entries) {
    const at = entry.indexOf("=");
    const meaning = entry.slice(0, Math.max(at, 0)).trim();
    const columns = (meaning === "values" ? entry.slice(at + 1).split(",") : [entry.slice(at + 1)]).map((one) =>
      one.trim(),
    );
    const role = roles.find((known) => known === meaning);
    if ((role === undefined && meaning !== "values") || columns.includes("")) {
      throw new UserError(
        "input-invalid",
        `columns: ${entry} is not of the form ${roles.map((known) => `${known}=…`).join(", ")}, values=…,…`,
        "Write one column per line, such as `label=y_true`.",
      );
    }
    if (role === undefined) given.values.push(...columns);
    else given.roles.set(role, columns[0] ?? "");
  }
  return given;
}
