import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { TablePart } from "@metricgate/formats/tables/csv-parts";
import { largeFile } from "@metricgate/formats/tables/large-file";
import { partThread } from "@metricgate/pipeline/workspace/part-thread";
import { afterAll, beforeAll, expect, it } from "vitest";

const text = "id,score\na,1\nb,2.5\nc,3\n";
const part: TablePart = {
  file: "t.csv",
  size: text.length,
  start: text.indexOf("b,"),
  header: { cells: ["id", "score"], delimiter: 44 },
  wanted: [
    [0, "text"],
    [1, "number"],
  ],
  expected: 1,
  rooms: [],
};
const never = new AbortController().signal;
let folder = "";
const threads: Worker[] = [];

/** A thread of this program's script, which is TypeScript here. */
function start(): Worker {
  const script = JSON.stringify(new URL("worker.ts", import.meta.url).href);
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import(${script}); }).then(({ work }) => work());`;
  const thread = new Worker(code, { eval: true, workerData: "read" });
  threads.push(thread);
  return thread;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "thread-"));
  writeFileSync(join(folder, "t.csv"), text);
});
afterAll(async () => {
  for (const thread of threads) await thread.terminate();
  rmSync(folder, { recursive: true, force: true });
});

it("one thread reads part after part, and nothing of a table that it may not read or that has changed", async () => {
  const { readPart: read, worthFrom } = partThread(start, folder, "refuse");
  expect(worthFrom()).toBe(largeFile.toStart);
  const expected = {
    rows: {
      count: 2,
      columns: [
        { type: "texts", bytes: new TextEncoder().encode("bc"), offsets: Uint32Array.of(0, 1, 2) },
        { type: "numbers", values: Float64Array.of(2.5, 3), inRoom: false, first: -1, text: "" },
      ],
    },
    lineOpen: false,
  };
  expect(await read(part, never)).toEqual(expected);
  expect(await read({ ...part, file: "none.csv" }, never)).toBeUndefined();
  expect(await read({ ...part, file: "../t.csv" }, never)).toBeUndefined();
  expect(await read({ ...part, size: part.size + 1 }, never)).toBeUndefined();
  expect(await read({ ...part, wanted: [[1, "value"]] }, never)).toMatchObject({ rows: { count: 2 } });
  expect(threads).toHaveLength(1);
  expect(worthFrom()).toBe(largeFile.toAsk);
  const [one, other] = await Promise.all([read(part, never), read(part, never)]);
  expect([one, other]).toEqual([expected, undefined]);
});

it("a thread that ends, fails or is stopped gives nothing, and the next part is read by a new one", async () => {
  let at = 0;
  const scripts = ["process.exit(0)", 'throw new Error("broken")', "setInterval(() => {}, 1000)"];
  const { readPart: read } = partThread(
    () => {
      const script = scripts[at++];
      return script === undefined ? start() : new Worker(script, { eval: true });
    },
    folder,
    "refuse",
  );
  expect(await read(part, never)).toBeUndefined();
  expect(await read(part, never)).toBeUndefined();
  const stop = new AbortController();
  const stopped = read(part, stop.signal);
  stop.abort();
  expect(await stopped).toBeUndefined();
  expect(await read(part, never)).toMatchObject({ rows: { count: 2 } });
  expect(at).toBe(4);
});
