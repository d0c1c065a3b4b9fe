import { statSync } from "node:fs";
import { openTable } from "@metricgate/formats/tables/open-table";
import { fileSource } from "@metricgate/pipeline/workspace/file-source";

/** A program: reads the id, the label and the first number of a table, and prints how many rows it has. */
async function main(path: string): Promise<void> {
  const table = await openTable(fileSource(path, path, statSync(path).size));
  const read = await table.read([
    [0, "text"],
    [1, "value"],
    [2, "number"],
  ]);
  read.numbers(2, "number");
  console.log(read.count);
}

await main(process.argv[2] ?? "");
