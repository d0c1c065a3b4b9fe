/** What a schema says of a value that it refuses, as far as it is read here. */
export interface RefusedValue {
  code?: string;
  message: string;
  origin?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
  inclusive?: boolean;
  format?: string;
}

/** What things of this kind are counted in. */
const COUNTED: Readonly<Record<string, string>> = { string: "characters", array: "entries", record: "entries" };

const FORMATS: Readonly<Record<string, string>> = {
  date: "is not a date such as 2026-12-15",
  datetime: "is not a date and time such as 2026-12-15T12:00:00Z",
};

/**
 * Why a value is refused, as a clause that follows the value's name: `is below 1, the least that is allowed`. A message that a schema of ours
 * wrote is such a clause already.
 */
export function issueWords(issue: RefusedValue): string {
  const { code, message, origin = "", minimum, maximum, inclusive = true, format = "" } = issue;
  if (/^(is|are|has|leads|begins|names|needs) /.test(message)) return message;
  const of = COUNTED[origin];
  if (code === "too_small") {
    if (of !== undefined) return Number(minimum) <= 1 ? "is empty" : `has fewer than ${minimum} ${of}`;
    return inclusive ? `is below ${minimum}, the least that is allowed` : `is not above ${minimum}`;
  }
  if (code === "too_big") {
    if (of !== undefined) return `has more than ${maximum} ${of}`;
    return inclusive ? `is above ${maximum}, the most that is allowed` : `is not below ${maximum}`;
  }
  if (code === "invalid_format") return FORMATS[format] ?? "is not written as it has to be";
  return `is refused: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
