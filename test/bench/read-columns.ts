import { statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { openTable } from "@metricgate/formats/tables/open-table";
import { fileSource } from "@metricgate/pipeline/workspace/file-source";
import { secondThread } from "./second-thread.ts";

/** A program: reads the id, the label and the first number of a table by two threads, and prints how many rows it has. */
async function main(path: string): Promise<void> {
  const source = fileSource(basename(path), path, statSync(path).size);
  const thread = secondThread(dirname(path));
  const table = await openTable(source, thread.other);
  const read = await table.read([
    [0, "text"],
    [1, "value"],
    [2, "number"],
  ]);
  read.numbers(2, "number");
  thread.check(1);
  console.log(read.count);
}

await main(process.argv[2] ?? "");
