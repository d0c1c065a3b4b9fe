import { expect, it } from "vitest";
import { makeZip, type ZipEntry } from "../test/make-zip.ts";
import { readZip, zipLimits } from "./zip.ts";

it("files come out as they went in, stored or deflated, folders left out", async () => {
  const rows = "id,label\n".repeat(1000);
  const zip = makeZip([
    { name: "evaluation.json", content: "{}" },
    { name: "sub/", content: "", mode: 0o40755 },
    { name: "sub/rows.csv", content: rows, deflate: true },
    { name: "empty", content: "" },
  ]);
  const files = await readZip(zip, zipLimits);
  expect([...files.keys()]).toEqual(["evaluation.json", "sub/rows.csv", "empty"]);
  expect(Buffer.from(files.get("sub/rows.csv") ?? []).toString()).toBe(rows);
});

const zeros = new Uint8Array(1_000_000);
const hostile: [string, ZipEntry[], RegExp][] = [
  ["leaves the folder", [{ name: "../evil" }], /relative path/],
  ["leaves the folder further down", [{ name: "a/../../evil" }], /relative path/],
  ["is absolute", [{ name: "/etc/passwd" }], /absolute path|relative path/],
  ["names a drive", [{ name: "C:/evil" }], /absolute path|relative path/],
  ["has a backslash", [{ name: "a\\evil" }], /invalid characters|relative path/],
  ["has an empty part", [{ name: "a//b" }], /relative path/],
  ["is a dot", [{ name: "./a" }], /relative path/],
  ["holds a NUL", [{ name: "a\0b" }], /relative path/],
  ["is a link", [{ name: "a", content: "/etc/passwd", mode: 0o120777 }], /regular file/],
  ["is a FIFO", [{ name: "a", mode: 0o10644 }], /regular file/],
  ["stands twice", [{ name: "a" }, { name: "a" }], /twice/],
  ["stands twice but for case", [{ name: "a" }, { name: "A" }], /twice/],
  ["is encrypted", [{ name: "a", content: "0123456789abc", claims: 1, flags: 1 }], /encrypted/],
  ["is strongly encrypted", [{ name: "a", flags: 0x41 }], /encryption/],
  ["has another name in the other list", [{ name: "a", localName: "b" }], /disagree/],
  ["overlaps another", [{ name: "a" }, { name: "b", localName: "a", at: 0 }], /overlap|disagree/],
  ["overlaps itself", [{ name: "a" }, { name: "a/", content: "", mode: 0o40755, at: 0 }], /overlap|disagree|twice/],
  ["grows too much", [{ name: "a", content: zeros, deflate: true }], /grows/],
  ["claims less than it holds", [{ name: "a", content: "0123456789", claims: 3, deflate: true }], /cannot be read/],
  ["claims more than it holds", [{ name: "a", content: "0123456789", claims: 30, deflate: true }], /cannot be read/],
  ["is one file too many", Array.from({ length: 101 }, (_, i) => ({ name: `f${i}` })), /101 files/],
];

it.each(hostile)("an archive is refused whose entry %s", async (_, entries, why) => {
  const refused = readZip(makeZip(entries), zipLimits);
  await expect(refused).rejects.toMatchObject({ name: "UserError", problems: [{ code: "archive-refused" }] });
  await expect(refused).rejects.toThrow(why);
});

it("an archive is refused whose entry lies inside of another", async () => {
  const inner = makeZip([{ name: "b", content: "x" }]).subarray(0, 32);
  const zip = makeZip([
    { name: "a", content: inner },
    { name: "b", content: "x", at: 31 },
  ]);
  await expect(readZip(zip, zipLimits)).rejects.toThrow(/overlap/);
});

it("an archive is refused that unpacks to more than the limit", async () => {
  const zip = makeZip([
    { name: "a", content: "12345" },
    { name: "b", content: "12345" },
  ]);
  await expect(readZip(zip, { ...zipLimits, bytes: 9 })).rejects.toThrow(/more than 9 bytes/);
  expect((await readZip(zip, { ...zipLimits, bytes: 10 })).size).toBe(2);
});

it.each([0, 1, 20, 60, 100])("an archive cut after %i bytes is refused", async (length) => {
  const zip = makeZip([
    { name: "evaluation.json", content: "{}" },
    { name: "rows.csv", content: "id\n1\n" },
  ]);
  await expect(readZip(zip.subarray(0, length), zipLimits)).rejects.toMatchObject({ name: "UserError" });
});
