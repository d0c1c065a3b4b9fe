import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeWorkspace } from "./node-workspace.ts";

let folder = "";
let outside = "";
beforeEach(() => {
  const place = mkdtempSync(join(tmpdir(), "workspace-"));
  [folder, outside] = [join(place, "work"), join(place, "outside")];
  for (const made of [folder, outside, join(folder, "out")]) mkdirSync(made);
  writeFileSync(join(folder, "out/metrics.json"), "{}");
  writeFileSync(join(outside, "secret.txt"), "secret");
  symlinkSync(join(outside, "secret.txt"), join(folder, "out/link.json"));
  symlinkSync(outside, join(folder, "way-out"));
  symlinkSync(join(folder, "loop"), join(folder, "loop"));
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

const codeOf = async (effect: () => Promise<unknown>): Promise<string> => {
  try {
    await effect();
    return "nothing thrown";
  } catch (thrown) {
    return thrown instanceof UserError ? (thrown.problems[0]?.code ?? "") : String(thrown);
  }
};

describe("a workspace reads and writes inside of its folder only", () => {
  test.each([
    ["../outside/secret.txt", "outside-workspace"],
    ["out/../../outside/secret.txt", "outside-workspace"],
    ["out/link.json", "outside-workspace"],
    ["way-out/secret.txt", "outside-workspace"],
    ["way-out/new.txt", "outside-workspace"],
    ["/etc/hostname", "outside-workspace"],
    ["out", "not-a-file"],
    ["none.json", "file-missing"],
    ["out/metrics.json/deeper", "file-missing"],
    ["loop", "cannot-read"],
  ])("reading %s is %s", async (path, code) => {
    const workspace = await nodeWorkspace(folder);
    expect(await codeOf(() => workspace.read(path))).toBe(code);
    expect(await codeOf(() => workspace.open(path))).toBe(code);
  });

  test("nothing is written through a link that leads out", async () => {
    const workspace = await nodeWorkspace(folder);
    expect(await codeOf(() => workspace.write("way-out/new.txt", "x"))).toBe("outside-workspace");
    expect(readdirSync(outside)).toEqual(["secret.txt"]);
  });

  test("a write leaves the file and nothing beside it", async () => {
    const workspace = await nodeWorkspace(folder);
    await workspace.write("new/deep/file.json", "{}");
    expect(readdirSync(join(folder, "new/deep"))).toEqual(["file.json"]);
  });

  test("a pattern matches files, never links", async () => {
    const workspace = await nodeWorkspace(folder);
    expect(await workspace.find(["out/*.json", "way-out/*"])).toEqual(["out/metrics.json"]);
  });

  test("a person at their own machine may name files elsewhere", async () => {
    const workspace = await nodeWorkspace(folder, "allow");
    expect(new TextDecoder().decode(await workspace.read(join(outside, "secret.txt")))).toBe("secret");
  });

  test.each(["out/link.json", "way-out/secret.txt"])("and the link %s is not followed there either", async (path) => {
    const workspace = await nodeWorkspace(folder, "allow");
    expect(await codeOf(() => workspace.open(path))).toBe("outside-workspace");
    expect(await codeOf(() => workspace.read(join(folder, path)))).toBe("outside-workspace");
  });

  test("nor does a pattern lead out there, though a path does", async () => {
    const workspace = await nodeWorkspace(folder, "allow");
    expect(await codeOf(() => workspace.find(["../outside/*.txt"]))).toBe("outside-workspace");
    expect(await workspace.find(["../outside/secret.txt"])).toEqual(["../outside/secret.txt"]);
  });

  test("a folder that is not there is said so", async () => {
    expect(await codeOf(() => nodeWorkspace(join(folder, "none")))).toBe("file-missing");
  });
});
