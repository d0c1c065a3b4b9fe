import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseRun, type MlflowRun } from "../../sqlite/mlflow-runs.ts";
import { openSqlite } from "../../sqlite/sqlite-file.ts";
import { memorySource } from "../../testing/memory-source.ts";
import { problemOf } from "../../testing/problem-of.ts";
import { readMetrics } from "../read-metrics.ts";
import { mlflowSqliteFormat } from "./mlflow-sqlite.ts";

/** Five pages of 512 bytes: the schema, experiments, runs, metrics and latest metrics. */
const database = Buffer.from(mlflowSqliteFormat.example.base64 ?? "", "base64");
const pageSize = 512;
const changed = (change: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.from(database);
  change(bytes);
  return bytes;
};
const nothing = async (path: string): Promise<ByteSource> => {
  throw new UserError("file-missing", `${path} does not exist`, "Check it.");
};
const read = (bytes: Uint8Array, open = nothing) => readMetrics(memorySource("mlflow.db", bytes), { open });

describe("mlflow.db", () => {
  it("that is shorter than the pages that its header says is refused, also where the missing ones are not read", async () => {
    const longer = Buffer.concat([database, Buffer.alloc(2 * pageSize)]);
    longer.writeUInt32BE(longer.length / pageSize, 28);
    longer.copy(longer, 92, 24, 28);
    expect((await read(longer)).metrics).toHaveLength(1);
    const problem = await problemOf(() => read(longer.subarray(0, -pageSize)));
    expect(problem.code).toBe("sqlite-damaged");
    expect(problem.text).toContain("it was cut");
  });

  it("gives the latest metrics of its run, with their curves and a note that names the run", async () => {
    const found = await read(database);
    expect(found.format).toBe("mlflow-sqlite");
    expect(found.metrics.map(({ name, value, direction }) => [name, value, direction])).toEqual([
      ["accuracy", 0.93, "up"],
    ]);
    expect(found.curves.map(({ points }) => points)).toEqual([
      [
        [1, 0.81],
        [2, 0.93],
      ],
    ]);
    expect(found.notes.find(({ code }) => code === "run")?.text).toContain(
      '"calm-owl-7" (5f3c) of the experiment "fraud"',
    );
  });

  it("has no value for what MLflow writes as NaN or as an infinity", async () => {
    const value = Buffer.alloc(8);
    value.writeDoubleBE(0.93);
    const infinite = changed((bytes) => bytes.writeDoubleBE(-Number.MAX_VALUE, bytes.lastIndexOf(value)));
    expect((await read(infinite)).metrics[0]).toMatchObject({ undefined: "not-finite" });
    const marked = changed((bytes) => {
      // The record: key, value, timestamp, step, is_nan, run; is_nan is the constant 0 (type 8), and type 9 is 1.
      const at = bytes.lastIndexOf("accuracy");
      expect(bytes[at - 2]).toBe(8);
      bytes[at - 2] = 9;
    });
    expect((await read(marked)).metrics[0]).toMatchObject({ undefined: "not-finite" });
  });

  it("is refused while a journal beside it holds changes, in either mode", async () => {
    const wal = changed((bytes) => bytes.set([2, 2], 18));
    const beside = (ending: string) => async (path: string) =>
      path === `mlflow.db${ending}` ? memorySource(path, "x") : nothing(path);
    expect((await problemOf(() => read(wal, beside("-wal")))).code).toBe("sqlite-unfinished");
    expect((await problemOf(() => read(database, beside("-journal")))).code).toBe("sqlite-unfinished");
    expect((await read(wal)).metrics).toHaveLength(1);
    expect((await read(wal, async (path) => memorySource(path, ""))).metrics).toHaveLength(1);
  });

  it.each([
    ["a table whose tree leads back to itself", 5, "used twice"],
    ["a page that lies beyond the end", 99, "beyond its end"],
  ])("is refused with the byte: %s", async (_, target, why) => {
    const tree = changed((bytes) => {
      const at = 4 * pageSize;
      bytes.fill(0, at, at + 20);
      bytes[at] = 5;
      bytes.writeUInt32BE(target, at + 8);
    });
    const problem = await problemOf(() => read(tree));
    expect(problem.code).toBe("sqlite-damaged");
    expect(problem.text).toContain(why);
    expect(problem.text).toMatch(/\(byte \d+\)/);
    expect(problem.next).toContain(".backup");
  });

  it("is refused when it is cut at any eighth, and never has another value", async () => {
    for (let eighth = 1; eighth < 8; eighth++) {
      const cut = database.subarray(0, Math.floor((database.length * eighth) / 8));
      expect((await problemOf(() => readMetrics(memorySource("mlflow.db", cut), { open: nothing }))).code).toBe(
        "sqlite-damaged",
      );
    }
  });

  it("no changed bytes crash it or keep it busy", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(database.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const bytes = changed((copy) => {
            for (const [place, byte] of changes) copy[place] = byte;
          });
          try {
            await readMetrics(memorySource("mlflow.db", bytes), { open: nothing, format: "mlflow-sqlite" });
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
          }
        },
      ),
      { seed: 5, numRuns: 2000 },
    );
  });

  it("reads a table in a window of a few megabytes", async () => {
    let most = 0;
    const source: ByteSource = {
      ...memorySource("mlflow.db", database),
      slice: async (start, end) => {
        most = Math.max(most, end - start);
        return database.subarray(start, end);
      },
    };
    for await (const _ of (await openSqlite(source)).rows("metrics", ["key"]));
    expect(most).toBeLessThanOrEqual(65_536);
    expect((await problemOf(async () => (await openSqlite(source)).rows("nobody", []).next())).code).toBe(
      "sqlite-table-missing",
    );
  });

  it("asks which run is meant when names are shared, and takes an id", async () => {
    const run = (id: string, experiment: string): MlflowRun => ({
      id,
      name: "same",
      experiment,
      experimentId: experiment,
      endedAt: 1,
      startedAt: 0,
    });
    const runs = [run("a1", "one"), run("b2", "two")];
    const problem = await problemOf(() => chooseRun(runs, "same", "mlflow.db"));
    expect(problem).toMatchObject({ code: "mlflow-run-unclear", next: expect.stringContaining("a1, b2") });
    expect(chooseRun(runs, "b2", "mlflow.db").id).toBe("b2");
    expect(chooseRun(runs, "two/same", "mlflow.db").id).toBe("b2");
    expect((await problemOf(() => chooseRun(runs, undefined, "mlflow.db"))).next).toContain("mlflow.db#EXPERIMENT");
    expect((await problemOf(() => chooseRun([], undefined, "mlflow.db"))).code).toBe("mlflow-run-missing");
  });
});
