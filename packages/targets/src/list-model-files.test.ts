import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashFile } from "./hash-file.ts";
import { listModelFiles } from "./list-model-files.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "model-files-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hex = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const problem = (code: string, text?: RegExp) =>
  expect.objectContaining({
    problems: [expect.objectContaining({ code, ...(text === undefined ? {} : { text: expect.stringMatching(text) }) })],
  });

test("every regular file is listed, hidden ones too, sorted by code point, with size and SHA-256", async () => {
  mkdirSync(join(root, "b/empty"), { recursive: true });
  for (const path of ["b/2", "b/10", ".config", "a.bin", "\ufffd", "\u{1f600}"]) writeFileSync(join(root, path), path);
  const files = await listModelFiles(root);
  expect(files.map(({ path }) => path)).toEqual([".config", "a.bin", "b/10", "b/2", "\ufffd", "\u{1f600}"]);
  expect(files[2]).toEqual({ path: "b/10", size: 4, sha256: hex("b/10") });
});

test("a model of one file is listed by its name", async () => {
  writeFileSync(join(root, "model.onnx"), "bytes");
  expect(await listModelFiles(join(root, "model.onnx"))).toEqual([
    { path: "model.onnx", size: 5, sha256: hex("bytes") },
  ]);
});

test("sizes around the read buffer hash as a whole", async () => {
  for (const size of [0, 1, 1048575, 1048576, 1048577, 3000001]) {
    const bytes = Buffer.alloc(size, size % 251);
    writeFileSync(join(root, "x"), bytes);
    expect(await hashFile(join(root, "x"))).toEqual({ size, sha256: hex(bytes) });
  }
});

test("a file of 300 MB is hashed in flat memory", async () => {
  writeFileSync(join(root, "large"), "");
  truncateSync(join(root, "large"), 300_000_000);
  const before = process.memoryUsage().rss;
  expect((await hashFile(join(root, "large"))).size).toBe(300_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

test("5,000 files are no trouble", async () => {
  for (let i = 0; i < 5000; i++) {
    if (i % 100 === 0) mkdirSync(join(root, `d${i / 100}`));
    writeFileSync(join(root, `d${Math.floor(i / 100)}/f${i}`), String(i));
  }
  expect(await listModelFiles(root)).toHaveLength(5000);
});

test("symlinks are refused wherever they point, and named", async () => {
  writeFileSync(join(root, "real"), "x");
  mkdirSync(join(root, "sub"));
  for (const to of ["/etc/passwd", "../real", "no-such-file", ".."]) {
    const link = join(root, "sub/link");
    symlinkSync(to, link);
    await expect(listModelFiles(root)).rejects.toEqual(problem("unsafe-path", /sub\/link is a symlink/));
    rmSync(link);
  }
});

test("the folder itself may not be a symlink", async () => {
  symlinkSync("/etc", join(root, "link"));
  await expect(listModelFiles(join(root, "link"))).rejects.toEqual(problem("not-a-file"));
  await expect(hashFile(join(root, "link"))).rejects.toEqual(problem("not-a-file"));
});

test("a pipe or a device is refused and does not hang", async () => {
  execFileSync("mkfifo", [join(root, "pipe")]);
  await expect(listModelFiles(root)).rejects.toEqual(problem("unsafe-path", /pipe is neither/));
  await expect(hashFile(join(root, "pipe"))).rejects.toEqual(problem("not-a-file"));
  await expect(hashFile("/dev/zero")).rejects.toEqual(problem("not-a-file"));
});

test("a socket is refused", async () => {
  const server = createServer().listen(join(root, "socket"));
  await new Promise((resolve) => server.once("listening", resolve));
  await expect(listModelFiles(root)).rejects.toEqual(problem("unsafe-path", /socket is neither/));
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  ["a name that is not UTF-8", Buffer.from([0x61, 0xff]), /a\\xff is not UTF-8/],
  ["a name that is not NFC", Buffer.from("e\u0301"), /NFC/],
  ["a name with a newline", Buffer.from("a\nb"), /control/],
  ["a name with a backslash", Buffer.from("..\\x"), /backslash/],
  ["a name with a drive", Buffer.from("C:x"), /colon/],
  ["a name with a direction mark", Buffer.from("a\u202eb"), /invisible/],
  ["a device's name", Buffer.from("nul"), /device/],
])("%s is refused", async (_, name, text) => {
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), "x");
  await expect(listModelFiles(root)).rejects.toEqual(problem("unsafe-path", text));
});

test("what is not there is said to be not there", async () => {
  await expect(listModelFiles(join(root, "missing"))).rejects.toMatchObject({
    problems: [{ code: "not-there", where: { file: join(root, "missing") } }],
  });
});
