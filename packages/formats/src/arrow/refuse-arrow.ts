import { UserError } from "@metricgate/core/errors/user-error";

/** Refuses an Arrow or Feather file, with the way out. @throws UserError `arrow-not-read`, always */
export function refuseArrow(file: string): never {
  throw new UserError(
    "arrow-not-read",
    `${file} is an Arrow (Feather) file, which is not read.`,
    "Write Parquet instead: `table.to_parquet(...)` in pandas, `write_parquet` in Polars, `pyarrow.parquet.write_table`.",
    { file },
  );
}
