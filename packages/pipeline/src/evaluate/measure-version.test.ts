import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashing } from "../workspace/hashing.ts";
import { nodeWorkspace } from "../workspace/node-workspace.ts";
import type { EvaluateRequest } from "./evaluate-ports.ts";
import { measureVersion } from "./measure-version.ts";

let root = "";
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "version-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function measured(files: Record<string, string>, request: Omit<EvaluateRequest, "policy">) {
  const folder = await mkdtemp(join(root, "job-"));
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  const ports = { workspace: await nodeWorkspace(folder), hashing };
  const whole = { policy: ".github/metricgate.yml", ...request };
  return measureVersion(whole, undefined, { model: "m", source: {}, run: undefined }, ports);
}

const problemsOf = (failed: Promise<unknown>) =>
  failed.then(
    () => [],
    (thrown: unknown) => (thrown instanceof UserError ? thrown.problems : thrown),
  );

const table = "id,label,prediction\n1,A,A\n2,B,A\n3,A,A\n";

describe("what is measured of one version", () => {
  it("a metric in a file that is computed from the table, too, is refused with both files", async () => {
    const files = { "m.json": '{\n"accuracy": 0.9,\n"latency_ms": 3}', "p.csv": table };
    expect(await problemsOf(measured(files, { metrics: ["m.json"], predictions: "p.csv" }))).toMatchObject([
      { code: "metric-twice", text: expect.stringMatching(/m\.json.*p\.csv/), where: { file: "m.json", line: 2 } },
    ]);
    const request = { metrics: ["m.json"], predictions: "p.csv", compute: ["balanced_accuracy"] };
    const apart = await measured(files, request);
    expect(apart.document.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(["accuracy", "latency_ms"]));
  });

  it("rows from which nothing can be computed are no evaluation, and what was found is said", async () => {
    const files = { "p.csv": "id,label,p_value,p_cat\n1,0,7,8\n2,1,9,8\n3,1,9,8\n" };
    expect(await problemsOf(measured(files, { predictions: "p.csv" }))).toMatchObject([
      {
        code: "no-metrics",
        text: expect.stringContaining("the 3 rows of p.csv"),
        where: { file: "p.csv" },
      },
    ]);
  });
});
