import { createHash, randomUUID } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Manifest } from "@metricgate/core/documents/manifest";
import { buildManifest, modelDigest } from "@metricgate/core/manifest/model-digest";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listModelFiles } from "../list-model-files.ts";
import { directoryTarget } from "./directory-target.ts";
import { appendHistory } from "./history.ts";
import { hashText, versionName } from "./version-folder.ts";

let base = "";
let root = "";
beforeEach(() => {
  base = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "directory-target-")));
  root = join(base, "target");
});
afterEach(() => fs.rmSync(base, { recursive: true, force: true }));

const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
const target = () => directoryTarget({ root, model: "m" });
const inModel = (...path: string[]): string => join(root, "m", ...path);
const problem = (code: string) =>
  expect.objectContaining({ problems: expect.arrayContaining([expect.objectContaining({ code })]) });

/** Writes a model and gives its manifest and folder. */
async function model(files: Record<string, string>): Promise<{ manifest: Manifest; from: string }> {
  const from = join(base, `source-${randomUUID()}`);
  for (const [path, text] of Object.entries(files)) {
    fs.mkdirSync(join(from, path, ".."), { recursive: true });
    fs.writeFileSync(join(from, path), text);
  }
  return { manifest: buildManifest("m", await listModelFiles(from), hashText), from };
}

async function live(files: Record<string, string>): Promise<Digest> {
  const { manifest, from } = await model(files);
  await target().stage(manifest, from);
  await target().activate(manifest.digest);
  return manifest.digest;
}

function snapshot(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .map(
      (entry) =>
        `${join(entry.parentPath, entry.name)} ${entry.isFile() ? fs.readFileSync(join(entry.parentPath, entry.name), "latin1") : ""}`,
    )
    .sort();
}

test("before the first promotion nothing is live, and asking makes nothing", async () => {
  expect(await target().current()).toBeUndefined();
  expect(await target().previous()).toBeUndefined();
  expect(await target().staged(`sha256:${hex("x")}`)).toBeUndefined();
  expect(fs.existsSync(root)).toBe(false);
});

test("stage copies without switching, activate switches, and a server reads through `current`", async () => {
  const { manifest, from } = await model({ "model.bin": "weights", "tokenizer/vocab.txt": "a b" });
  await target().stage(manifest, from);
  expect(await target().current()).toBeUndefined();
  expect(await target().staged(manifest.digest)).toEqual(manifest);
  await target().activate(manifest.digest);
  expect(await target().current()).toBe(manifest.digest);
  expect(fs.readFileSync(inModel("current/tokenizer/vocab.txt"), "utf8")).toBe("a b");
  expect(target().location(manifest.digest)).toBe(inModel("versions", `sha256-${manifest.digest.slice(7)}`));
  expect(target()).toMatchObject({ type: "directory", to: root });
});

test("a model of one file can be staged by that file", async () => {
  const { from } = await model({ "model.onnx": "x", "notes.txt": "not part of it" });
  const file = join(from, "model.onnx");
  const manifest = buildManifest("m", await listModelFiles(file), hashText);
  await target().stage(manifest, file);
  expect(await target().staged(manifest.digest)).toEqual(manifest);
});

test("staging and activating again change nothing on the disk", async () => {
  const { manifest, from } = await model({ a: "1" });
  for (let n = 0; n < 3; n++) {
    await target().stage(manifest, from);
    await target().activate(manifest.digest);
  }
  const before = snapshot(root);
  await target().stage(manifest, join(base, "gone since"));
  await target().activate(manifest.digest);
  expect(snapshot(root)).toEqual(before);
});

test("previous is what the live version replaced; going back walks back, not to and fro", async () => {
  const a = await live({ f: "a" });
  const b = await live({ f: "b" });
  const c = await live({ f: "c" });
  const walk = [];
  for (let at: Digest | undefined = c; at !== undefined; ) {
    walk.push(at);
    at = await target().previous();
    if (at !== undefined) await target().activate(at);
  }
  expect(walk).toEqual([c, b, a]);
  expect(await target().current()).toBe(a);
});

test("a version that failed and was taken back is not what a rollback goes to", async () => {
  const a = await live({ f: "a" });
  const b = await live({ f: "b" });
  await live({ f: "bad" });
  await target().activate(b);
  expect(await target().previous()).toBe(a);
});

test("deactivate makes nothing live, keeps what is staged, and may be repeated", async () => {
  const digest = await live({ f: "a" });
  await target().deactivate();
  await target().deactivate();
  expect(await target().current()).toBeUndefined();
  expect((await target().staged(digest))?.digest).toBe(digest);
});

test("what is not staged cannot be activated, and what was live stays", async () => {
  const digest = await live({ f: "a" });
  await expect(target().activate(`sha256:${hex("other")}`)).rejects.toEqual(problem("not-staged"));
  expect(await target().current()).toBe(digest);
});

test("one flipped byte in what is live is an error that names both digests", async () => {
  const digest = await live({ "model.bin": "weights" });
  fs.writeFileSync(inModel("current/model.bin"), "weightz");
  const now = modelDigest([{ path: "model.bin", size: 7, sha256: hex("weightz") }], hashText);
  await expect(target().current()).rejects.toThrow(digest);
  await expect(target().current()).rejects.toThrow(now);
  await expect(target().activate(digest)).rejects.toEqual(problem("digest-mismatch"));
});

test.each([
  ["a file was added", () => fs.writeFileSync(inModel("current/extra"), "")],
  ["a file was removed", () => fs.rmSync(inModel("current/model.bin"))],
  [
    "all files were removed",
    () => fs.readdirSync(inModel("current")).map((name) => fs.rmSync(inModel("current", name))),
  ],
  [
    "a file became a symlink",
    () => {
      fs.rmSync(inModel("current/model.bin"));
      fs.symlinkSync("/etc/hostname", inModel("current/model.bin"));
    },
  ],
])("when %s in what is live, current fails and staging repairs it", async (_, damage) => {
  const { manifest, from } = await model({ "model.bin": "weights", other: "x" });
  await target().stage(manifest, from);
  await target().activate(manifest.digest);
  damage();
  await expect(target().current()).rejects.toMatchObject({ name: "UserError" });
  await target().stage(manifest, from);
  expect(await target().current()).toBe(manifest.digest);
  expect(fs.readdirSync(inModel("versions"))).toEqual([versionName(manifest.digest)]);
});

test("a link whose version is gone is an error, not a first promotion", async () => {
  const digest = await live({ f: "a" });
  fs.rmSync(target().location(digest), { recursive: true });
  await expect(target().current()).rejects.toEqual(problem("not-staged"));
});

test.each([
  ["a folder", () => fs.mkdirSync(inModel("current"))],
  ["a file", () => fs.writeFileSync(inModel("current"), "sha256:x")],
  ["a link out of the target", () => fs.symlinkSync("/etc", inModel("current"))],
  ["a link with ..", () => fs.symlinkSync(`versions/../versions/sha256-${hex("x")}`, inModel("current"))],
  ["a link to a short digest", () => fs.symlinkSync("versions/sha256-abc", inModel("current"))],
  ["a link into a version", () => fs.symlinkSync(`versions/sha256-${hex("x")}/sub`, inModel("current"))],
])("`current` being %s is refused and left as it is", async (_, make) => {
  const { manifest, from } = await model({ f: "a" });
  await target().stage(manifest, from);
  make();
  const before = fs.lstatSync(inModel("current")).ino;
  await expect(target().current()).rejects.toEqual(problem("foreign-pointer"));
  await expect(target().activate(manifest.digest)).rejects.toEqual(problem("foreign-pointer"));
  await expect(target().deactivate()).rejects.toEqual(problem("foreign-pointer"));
  expect(fs.lstatSync(inModel("current")).ino).toBe(before);
});

test("source bytes that differ from the manifest are refused with both digests, and nothing is left behind", async () => {
  const previous = await live({ f: "a" });
  const { manifest, from } = await model({ f: "b", g: "c" });
  fs.writeFileSync(join(from, "g"), "X");
  const before = snapshot(root);
  const staging = target().stage(manifest, from);
  await expect(staging).rejects.toThrow(hex("c"));
  await expect(staging).rejects.toThrow(hex("X"));
  expect(snapshot(root)).toEqual(before);
  expect(await target().current()).toBe(previous);
});

test("a manifest whose digest covers another list, or another model's, is refused", async () => {
  const { manifest, from } = await model({ f: "b" });
  await expect(target().stage({ ...manifest, digest: `sha256:${hex("z")}` }, from)).rejects.toEqual(
    problem("digest-mismatch"),
  );
  await expect(target().stage({ ...manifest, model: "other" }, from)).rejects.toEqual(problem("other-model"));
  await expect(target().stage({ ...manifest, files: [], digest: modelDigest([], hashText) }, from)).rejects.toEqual(
    problem("digest-mismatch"),
  );
  expect(fs.existsSync(root)).toBe(false);
});

test.each([
  "../escaped",
  "../../escaped",
  "a/../../escaped",
  "..",
  ".",
  "",
  "/escaped",
  "//escaped",
  "./escaped",
  "a//b",
  "a/./b",
  "a/",
  "C:\\escaped",
  "C:escaped",
  "..\\escaped",
  "a\\..\\..\\escaped",
  "\\\\host\\share\\x",
  "escaped\u0000.bin",
  "a/..\n/b",
  "con",
  "lpt1.txt",
  "escaped.",
  "escaped /x",
  "file:stream",
  "a\u202egnp",
  "\ud800",
])("the path %j of a manifest writes nothing anywhere", async (path) => {
  const { from } = await model({ f: "a" });
  const files = [{ path, size: 1, sha256: hex("a") }];
  const digest: Digest = path.isWellFormed() ? modelDigest(files, hashText) : `sha256:${hex("a")}`;
  const before = snapshot(base);
  await expect(target().stage({ kind: "metricgate/manifest@1", model: "m", digest, files }, from)).rejects.toEqual(
    problem("unsafe-path"),
  );
  expect(snapshot(base)).toEqual(before);
});

test.each([
  ["a symlink to a file", (from: string) => fs.symlinkSync(join(base, "secret"), join(from, "x"))],
  ["a dangling symlink", (from: string) => fs.symlinkSync(join(base, "nothing"), join(from, "x"))],
  ["a folder", (from: string) => fs.mkdirSync(join(from, "x"))],
  ["missing", () => {}],
])("a source file that is %s is not copied, even when its bytes would fit", async (_, make) => {
  fs.writeFileSync(join(base, "secret"), "key");
  const from = join(base, "source");
  fs.mkdirSync(from);
  make(from);
  const manifest = buildManifest("m", [{ path: "x", size: 3, sha256: hex("key") }], hashText);
  await expect(target().stage(manifest, from)).rejects.toMatchObject({
    problems: [{ code: expect.stringMatching(/^(not-a-file|not-there)$/) }],
  });
  expect(fs.readdirSync(inModel("versions"))).toEqual([]);
});

test("a source file behind a symlinked folder is not copied", async () => {
  fs.mkdirSync(join(base, "outside"));
  fs.writeFileSync(join(base, "outside/x"), "key");
  fs.mkdirSync(join(base, "source"));
  fs.symlinkSync(join(base, "outside"), join(base, "source/sub"));
  const manifest = buildManifest("m", [{ path: "sub/x", size: 3, sha256: hex("key") }], hashText);
  await expect(target().stage(manifest, join(base, "source"))).rejects.toEqual(problem("unsafe-path"));
});

test.each(["m", "m/versions"])("a symlink in place of %s in the target is not followed", async (path) => {
  fs.mkdirSync(join(base, "elsewhere"));
  fs.mkdirSync(join(root, path, ".."), { recursive: true });
  fs.symlinkSync(join(base, "elsewhere"), join(root, path));
  const { manifest, from } = await model({ f: "a" });
  await expect(target().stage(manifest, from)).rejects.toEqual(problem("unsafe-path"));
  await expect(target().activate(manifest.digest)).rejects.toMatchObject({ name: "UserError" });
});

test.each(["../m", "M", "", ".hidden", "a/b", "a\u0000", "x".repeat(65)])(
  "the model name %j makes no target",
  (name) => {
    expect(() => directoryTarget({ root, model: name })).toThrow(problem("bad-target"));
  },
);

test("a root that is not absolute makes no target", () => {
  expect(() => directoryTarget({ root: "models", model: "m" })).toThrow(problem("bad-target"));
});

test("killed in the middle of a copy: the old one is live, and staging again succeeds beside the rest", async () => {
  const previous = await live({ f: "a" });
  const { manifest, from } = await model({ f: "b", g: "c" });
  const torn = inModel("versions/.incoming-of-a-killed-runner");
  fs.mkdirSync(torn);
  fs.writeFileSync(join(torn, "f"), "b");
  expect(await target().current()).toBe(previous);
  await target().stage(manifest, from);
  expect(await target().staged(manifest.digest)).toEqual(manifest);
  expect(fs.existsSync(torn)).toBe(true);
  const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
  fs.utimesSync(torn, yesterday, yesterday);
  await target().stage(manifest, from);
  expect(fs.existsSync(torn)).toBe(false);
});

test("a half-copied folder under the final name is replaced", async () => {
  const { manifest, from } = await model({ f: "b", g: "c" });
  fs.mkdirSync(target().location(manifest.digest), { recursive: true });
  fs.writeFileSync(join(target().location(manifest.digest), "f"), "b");
  await target().stage(manifest, from);
  expect(await target().staged(manifest.digest)).toEqual(manifest);
});

test("killed between any two steps of an activation: exactly one is live, previous is right, and the next run finishes", async () => {
  const a = await live({ f: "a" });
  const b = await live({ f: "b" });
  const { manifest, from } = await model({ f: "c" });
  const steps = [
    () => target().stage(manifest, from),
    async () => fs.appendFileSync(inModel("history.jsonl"), '\n{"digest":"sha256:12'),
    async () => appendHistory(inModel(), manifest.digest, b),
    async () =>
      fs.symlinkSync(`versions/${versionName(manifest.digest)}`, inModel("versions/.incoming-of-a-killed-runner")),
  ];
  for (const step of steps) {
    await step();
    expect(await target().current()).toBe(b);
    expect(await target().previous()).toBe(a);
  }
  fs.renameSync(inModel("versions/.incoming-of-a-killed-runner"), inModel("current"));
  expect(await target().current()).toBe(manifest.digest);
  expect(await target().previous()).toBe(b);
  await target().activate(manifest.digest);
  expect(await target().previous()).toBe(b);
});

test("two runners at once leave one live version, whole", async () => {
  const models = await Promise.all(["a", "b", "c", "d"].map((text) => model({ f: text.repeat(100_000) })));
  await Promise.all(
    [...models, ...models].map(async ({ manifest, from }) => {
      await target().stage(manifest, from);
      await target().activate(manifest.digest);
    }),
  );
  const now = await target().current();
  expect(models.map(({ manifest }) => manifest.digest)).toContain(now);
  expect(fs.readdirSync(inModel("versions")).sort()).toEqual(
    models.map(({ manifest }) => versionName(manifest.digest)).sort(),
  );
  expect(fs.readdirSync(inModel()).sort()).toEqual(["current", "history.jsonl", "versions"]);
});

test("a disk that refuses to write is an unavailable target, and what was live stays", async () => {
  // A refusal that a test can bring about without rights: paths that fit the source's folder and are too long in the target's.
  root = join(root, ...Array.from({ length: 16 }, () => "r".repeat(200)));
  const previous = await live({ f: "a" });
  const { manifest, from } = await model({ [Array.from({ length: 5 }, () => "p".repeat(200)).join("/")]: "b" });
  const refused = {
    name: "UnavailableError",
    problems: [{ code: "cannot-write", text: expect.stringContaining("ENAMETOOLONG") }],
  };
  await expect(target().stage(manifest, from)).rejects.toMatchObject(refused);
  expect(fs.readdirSync(inModel("versions"))).toEqual([versionName(previous)]);
  expect(await target().current()).toBe(previous);
});

test("a root that is a file is an unavailable target, named", async () => {
  fs.writeFileSync(root, "");
  const { manifest, from } = await model({ f: "a" });
  await expect(target().stage(manifest, from)).rejects.toMatchObject({
    name: "UnavailableError",
    problems: [{ code: "cannot-write" }],
  });
});
