import { UserError } from "@metricgate/core/errors/user-error";

/** Parses `name=value` lines into the record's parameters and the variables that the command gets. @throws UserError `input-invalid` */
export function paramsOf(lines: readonly string[]): {
  record: Record<string, string>;
  environment: Record<string, string>;
} {
  const record: Record<string, string> = {};
  const environment: Record<string, string> = {};
  for (const line of lines) {
    const match = /^([A-Za-z][A-Za-z0-9_.-]{0,63})\s*=\s*(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw new UserError(
        "input-invalid",
        `params: ${line} is not of the form name=value`,
        "Write one parameter per line, such as `epochs=20`.",
      );
    }
    record[match[1]] = match[2];
    environment[`METRICGATE_PARAM_${match[1].toUpperCase().replace(/[.-]/g, "_")}`] = match[2];
  }
  return { record, environment };
}
