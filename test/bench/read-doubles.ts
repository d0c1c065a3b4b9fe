import { readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { openTable } from "@metricgate/formats/tables/open-table";
import { fileSource } from "@metricgate/pipeline/workspace/file-source";
import { secondThread } from "./second-thread.ts";

const columns = 8;

/**
 * A program, as peers.py is one: reads an id, a label and eight columns of doubles by two threads so many times, and prints the best seconds, the best
 * processor time, how many doubles there are, and how many of the last reading are not those that Python has written beside the table.
 */
async function main(path: string, runs: number): Promise<void> {
  const name = basename(path);
  const thread = secondThread(dirname(path));
  const read = async () => {
    const table = await openTable(fileSource(name, path, statSync(path).size), thread.other);
    const doubles = Array.from({ length: columns }, (_, k) => [k + 2, "number"] as const);
    return table.read([[0, "text"], [1, "value"], ...doubles]);
  };
  let [seconds, used] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let last: Awaited<ReturnType<typeof read>> | undefined;
  for (let run = 0; run < runs; run++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    last = await read();
    const { user, system } = process.cpuUsage(before);
    seconds = Math.min(seconds, (performance.now() - began) / 1000);
    used = Math.min(used, (user + system) / 1e6);
  }
  thread.check(runs);
  const expected = readFileSync(`${path}.doubles`);
  const differing = differ(expected, (k) => last?.numbers(k + 2, "number") ?? new Float64Array(0));
  console.log(seconds, used, expected.length / 8, differing);
}

function differ(expected: Buffer, columnOf: (column: number) => Float64Array): number {
  const rows = expected.length / 8 / columns;
  let differing = 0;
  for (let k = 0; k < columns; k++) {
    const values = columnOf(k);
    for (let row = 0; row < rows; row++)
      if (!Object.is(values[row], expected.readDoubleLE((k * rows + row) * 8))) differing++;
  }
  return differing;
}

await main(process.argv[2] ?? "", Number(process.argv[3]));
