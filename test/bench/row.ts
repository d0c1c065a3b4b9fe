/** One line of the bench: what was measured against what budget. Only a ratio, or processor time above a budget by a quarter, fails. */
export interface BenchRow {
  what: string;
  measured: string;
  budget: string;
  holds: boolean;
}

/** A whole number of mebibytes. */
export function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
