import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeZip } from "../test/make-zip.ts";
import { type Answer, scripted } from "../test/scripted-fetch.ts";
import type { ArtifactService } from "./artifact-service-port.ts";
import { readFromRun, runArtifacts } from "./run-artifacts.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "metricgate-artifacts-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The runner's service with a list of failures for the first uploads. */
function service(o: { failures?: Error[]; archive?: Uint8Array; mismatch?: boolean } = {}) {
  const failures = [...(o.failures ?? [])];
  const calls: string[] = [];
  const uploaded: Record<string, string> = {};
  const port: ArtifactService = {
    async uploadArtifact(name, files, root) {
      calls.push(`upload ${name}`);
      const failure = failures.shift();
      if (failure) throw failure;
      for (const file of files) uploaded[path.relative(root, file)] = readFileSync(file, "utf8");
      return { id: 1 };
    },
    deleteArtifact: async (name) => void calls.push(`delete ${name}`),
    async getArtifact(name) {
      if (!o.archive) throw Object.assign(new Error(`no ${name}`), { name: "ArtifactNotFoundError" });
      return { artifact: { id: 1, digest: "sha256:aa" } };
    },
    async downloadArtifact(_, options) {
      calls.push(`download ${options.expectedHash}`);
      writeFileSync(path.join(options.path, "a.zip"), o.archive ?? new Uint8Array());
      return { downloadPath: options.path, digestMismatch: o.mismatch ?? false };
    },
  };
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  return { ports: runArtifacts({ temporary: path.join(folder, "tmp"), sleep, service: port }), calls, uploaded, waits };
}

describe("an upload", () => {
  it("holds the files that were named, at their places", async () => {
    mkdirSync(path.join(folder, "out", "sub"), { recursive: true });
    writeFileSync(path.join(folder, "out", "a.json"), "{}");
    writeFileSync(path.join(folder, "out", "sub", "b.csv"), "id");
    const { ports, uploaded } = service();
    expect(
      await ports.upload("documents", path.join(folder, "out"), ["a.json", path.join(folder, "out/sub/b.csv")]),
    ).toBe(true);
    expect(uploaded).toEqual({ "a.json": "{}", "sub/b.csv": "id" });
  });

  it.each<[string, string]>([
    ["a file beside the folder whose name begins like it", "../out-evil/a"],
    ["a file above", "../secret"],
    ["a link to a file elsewhere", "link"],
    ["a link to a file in the folder", "inner"],
    ["a file below a link", "linked/a"],
    ["a folder", "sub"],
    ["the folder itself", "."],
    ["a file that is not there", "absent"],
  ])("refuses %s", async (_, file) => {
    const out = path.join(folder, "out");
    mkdirSync(path.join(out, "sub"), { recursive: true });
    mkdirSync(path.join(folder, "out-evil"));
    for (const place of ["secret", "out-evil/a", "out/real"]) writeFileSync(path.join(folder, place), "x");
    symlinkSync(path.join(folder, "secret"), path.join(out, "link"));
    symlinkSync(path.join(out, "real"), path.join(out, "inner"));
    symlinkSync(path.join(folder, "out-evil"), path.join(out, "linked"));
    const { ports, calls } = service();
    await expect(ports.upload("documents", out, ["real", file])).rejects.toMatchObject({
      problems: [{ code: "file-outside" }],
    });
    expect(calls).toEqual([]);
  });

  it("that broke off is removed and sent again as a whole", async () => {
    const { ports, calls, uploaded, waits } = service({ failures: [new Error("ECONNRESET")] });
    expect(await ports.uploadRecord("record", new Map([["evaluation.json", Buffer.from("{}")]]))).toBe(true);
    expect(calls).toEqual(["upload record", "delete record", "upload record"]);
    expect(uploaded).toEqual({ "evaluation.json": "{}" });
    expect(waits).toEqual([2000]);
    expect(readdirSync(path.join(folder, "tmp"))).toEqual([]);
  });

  it("whose name is taken is not sent, and nothing is removed", async () => {
    const { ports, calls } = service({
      failures: [new Error("Received non-retryable error: (409) Conflict: an artifact with this name already exists")],
    });
    expect(await ports.uploadRecord("record", new Map([["evaluation.json", Buffer.from("{}")]]))).toBe(false);
    expect(calls).toEqual(["upload record"]);
  });

  it("ends after three tries with the service's own error", async () => {
    const failures = [1, 2, 3].map((n) => new Error(`stalled ${n}`));
    const { ports } = service({ failures });
    await expect(ports.uploadRecord("record", new Map([["a", Buffer.from("x")]]))).rejects.toThrow("stalled 3");
  });
});

describe("an artifact of this run", () => {
  const archive = makeZip([{ name: "verdict.json", content: "{}" }]);

  it("is read in memory, held against its digest", async () => {
    const { ports, calls } = service({ archive });
    expect([...(await ports.read("documents")).keys()]).toEqual(["verdict.json"]);
    expect(calls).toEqual(["download sha256:aa"]);
    expect(readdirSync(path.join(folder, "tmp"))).toEqual([]);
  });

  it("is refused when its bytes are not those that were uploaded", async () => {
    const { ports } = service({ archive, mismatch: true });
    await expect(ports.read("documents")).rejects.toMatchObject({ problems: [{ code: "artifact-damaged" }] });
    const to = path.join(folder, "model");
    await expect(ports.downloadTo(to, "documents")).rejects.toMatchObject({ problems: [{ code: "artifact-damaged" }] });
    expect(readdirSync(folder)).not.toContain("model");
  });

  it("that is not there is named", async () => {
    await expect(service().ports.read("documents")).rejects.toMatchObject({ problems: [{ code: "artifact-missing" }] });
  });

  it("never goes into a folder that holds something", async () => {
    writeFileSync(path.join(folder, "there"), "x");
    await expect(service({ archive }).ports.downloadTo(folder, "documents")).rejects.toMatchObject({
      problems: [{ code: "folder-not-empty" }],
    });
  });
});

describe("an artifact of another run", () => {
  const bytes = makeZip([{ name: "verdict.json", content: "{}" }]);
  const run = (artifacts: object[], body: Answer = { status: 200, bytes }) =>
    scripted(({ path: to }) => (to.endsWith("/zip") ? body : { status: 200, json: { total_count: 1, artifacts } }));

  it("is read by REST, the newest of its name", async () => {
    const listed = [5, 9, 7].map((id) => ({ id, name: "documents", expired: id === 9 }));
    const github = run([...listed, { id: 99, name: "other", expired: false }]);
    const files = await readFromRun(github.client, "octo/ml", 77, "documents");
    expect([...files.keys()]).toEqual(["verdict.json"]);
    expect(github.sent[1]?.path).toBe("/repos/octo/ml/actions/artifacts/7/zip");
  });

  it.each<[string, object[], string]>([
    ["missing", [{ id: 1, name: "other", expired: false }], "artifact-missing"],
    ["expired", [{ id: 1, name: "documents", expired: true }], "artifact-expired"],
    ["damaged", [{ id: 1, name: "documents", expired: false, digest: "sha256:00" }], "artifact-damaged"],
  ])("is told as %s", async (_, artifacts, code) => {
    await expect(readFromRun(run(artifacts).client, "octo/ml", 77, "documents")).rejects.toMatchObject({
      problems: [{ code }],
    });
  });
});
