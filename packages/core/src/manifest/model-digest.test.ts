import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HashText } from "../documents/digest.ts";
import type { ManifestFile } from "../documents/manifest.ts";
import { buildManifest, modelDigest } from "./model-digest.ts";
import { verifyManifest } from "./verify-manifest.ts";

const hash: HashText = (text) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
const file = (path: string, bytes = path): ManifestFile => ({ path, size: bytes.length, sha256: hex(bytes) });

test("the digest is the SHA-256 of the sorted list as canonical JSON, written out", () => {
  const text = `[{"path":"a/x","sha256":"${hex("a/x")}","size":3},{"path":"b","sha256":"${hex("b")}","size":1}]`;
  expect(modelDigest([file("b"), file("a/x")], hash)).toBe(hash(text));
});

test("the order of the files does not matter, and every path, size and hash does", () => {
  const paths = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(paths, fc.nat(), (names, pick) => {
      const files = names.map((name) => file(name));
      const digest = modelDigest(files, hash);
      const at = pick % files.length;
      const changed = (change: Partial<ManifestFile>) =>
        modelDigest(
          files.map((one, i) => (i === at ? { ...one, ...change } : one)),
          hash,
        );
      expect(modelDigest([...files].reverse(), hash)).toBe(digest);
      expect(changed({ path: "other/path" })).not.toBe(digest);
      expect(changed({ size: 99 })).not.toBe(digest);
      expect(changed({ sha256: "0".repeat(64) })).not.toBe(digest);
      expect(modelDigest(files.slice(1), hash)).not.toBe(digest);
    }),
  );
});

test("fields beside path, size and hash are not in the digest", () => {
  const more = { ...file("a"), mode: 0o755 };
  expect(modelDigest([more], hash)).toBe(modelDigest([file("a")], hash));
});

test("a manifest lists its files by code point and verifies against them", () => {
  const files = [file("\u{1f600}"), file("\ufffd"), file("a")];
  const manifest = buildManifest("m", files, hash);
  expect(manifest.files.map(({ path }) => path)).toEqual(["a", "\ufffd", "\u{1f600}"]);
  expect(verifyManifest(manifest, files, hash)).toEqual([]);
});

test.each([
  ["no files", [], "no-files"],
  ["a path that leaves the folder", [file("../x")], "unsafe-path"],
  ["the same path twice", [file("a"), file("a", "other")], "path-twice"],
  ["a file that is also a folder", [file("a"), file("a/b/c")], "path-twice"],
])("%s makes no manifest", (_, files, code) => {
  expect(() => buildManifest("m", files, hash)).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code })] }),
  );
});

test("all unusable paths are named at once", () => {
  try {
    buildManifest("m", [file("../x"), file("/y"), file("z")], hash);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({
      problems: [{ text: expect.stringContaining('"../x"') }, { text: expect.stringContaining('"/y"') }],
    });
  }
});

test("missing, changed and extra files are told apart, with both hashes", () => {
  const manifest = buildManifest("m", [file("gone"), file("same"), file("touched")], hash);
  const problems = verifyManifest(manifest, [file("same"), file("touched", "x"), file("new")], hash);
  expect(problems.map(({ code }) => code)).toEqual(["file-missing", "file-changed", "file-extra"]);
  expect(problems[1]?.text).toContain(hex("touched"));
  expect(problems[1]?.text).toContain(hex("x"));
});

test("a manifest whose digest is of another list, or that lists an escape, is a problem by itself", () => {
  const manifest = buildManifest("m", [file("a")], hash);
  const other = modelDigest([file("b")], hash);
  expect(verifyManifest({ ...manifest, digest: other }, [file("a")], hash).map(({ code }) => code)).toEqual([
    "manifest-digest",
  ]);
  const outside = { ...manifest, files: [file("../a")], digest: modelDigest([file("../a")], hash) };
  expect(verifyManifest(outside, [file("../a")], hash).map(({ code }) => code)).toEqual(["unsafe-path"]);
});
