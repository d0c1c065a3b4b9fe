import { expect, it } from "vitest";
import { folderOf } from "./branch-name.ts";
import { fileStore } from "./file-store.ts";

function folderInMemory() {
  const files = new Map<string, Uint8Array>();
  const folder = {
    read: async (path: string) => files.get(path),
    write: async (path: string, bytes: Uint8Array) => void files.set(path, bytes),
    list: async (path: string) => {
      const start = path === "" ? "" : `${path}/`;
      const below = [...files.keys()].filter((file) => file.startsWith(start));
      return [...new Set(below.map((file) => file.slice(start.length).split("/")[0] ?? ""))];
    },
  };
  return { files, folder };
}

const entry = (sha: string, text: string) => ({
  model: "fraud",
  branch: "main",
  sha,
  files: { evaluation: new TextEncoder().encode(text), rows: new TextEncoder().encode("id\n") },
});

it("what was recorded is found again, at the base and at an ancestor", async () => {
  const { folder } = folderInMemory();
  const store = fileStore({ folder, ancestors: async () => ["c3", "c2", "c1"] });
  await store.record(entry("c1", "{}"));
  const query = { model: "fraud", branch: "main", from: ["base", "ancestor"] as const };
  expect(await store.find({ ...query, base: "c1" })).toMatchObject({ found: true, from: "base", known: ["fraud"] });
  expect(await store.find({ ...query, base: "c3" })).toMatchObject({
    found: true,
    from: "ancestor",
    sha: "c1",
    behind: 2,
  });
  expect(await store.find({ ...query, branch: "dev", base: "c1" })).toMatchObject({
    found: false,
    why: "none",
    known: [],
  });
});

it("the same bytes are written once", async () => {
  const { folder, files } = folderInMemory();
  const store = fileStore({ folder });
  expect(await store.record(entry("c1", "{}"))).toEqual({ written: true, where: "fraud/main/c1" });
  expect((await store.record(entry("c1", "{}"))).written).toBe(false);
  expect((await store.record(entry("c1", "{ }"))).written).toBe(true);
  expect([...files.keys()].sort()).toEqual(["fraud/main/c1/evaluation.json", "fraud/main/c1/rows.csv"]);
});

it("places that are not kept here are told, not guessed", async () => {
  const query = { model: "fraud", branch: "main", from: ["tag:v1", "deployed:production", "latest"] as const };
  const withBase = await fileStore(folderInMemory()).find({ ...query, base: "c1" });
  expect(withBase.tried.map((one) => one.found)).toEqual([
    "the tags of the repository are not known here",
    "deployments are not known here",
    "no record in the last 100 commits",
  ]);
  const without = await fileStore(folderInMemory()).find(query);
  expect(without.tried.at(-1)?.found).toBe("the commit that the change was merged into is not known");
});

it("different branches never share a folder, and none leaves it", () => {
  const branches = ["a/b", "a=2Fb", "a%2Fb", "a!b", "a(b)", "a*b", "ä", "..", "a~b"];
  const folders = branches.map(folderOf);
  expect(new Set(folders).size).toBe(branches.length);
  for (const folder of folders) expect(folder).toMatch(/^[A-Za-z0-9._=-]+$/);
});
