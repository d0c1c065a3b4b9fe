import { expect, it } from "vitest";
import { type Answer, scripted } from "../test/scripted-fetch.ts";
import { fileAt } from "./policy-at.ts";

const path = ".github/metricgate.yml";
const read = (answer: Answer) => fileAt(scripted(() => answer).client, "octo/ml", path, "a".repeat(40));

it("gives the bytes as they are, with one request", async () => {
  const bytes = Buffer.from("version: 1\n# ü\0\xff", "latin1");
  const github = scripted(() => ({
    status: 200,
    json: { type: "file", encoding: "base64", content: bytes.toString("base64") },
  }));
  expect(await fileAt(github.client, "octo/ml", path, "main")).toEqual(new Uint8Array(bytes));
  expect(github.sent.map((s) => `${s.path}@${s.query.get("ref")}`)).toEqual([`/repos/octo/ml/contents/${path}@main`]);
});

it("a commit without the file has none", async () => {
  expect(await read({ status: 404, json: { message: "Not Found" } })).toBeUndefined();
});

it.each<[string, Answer, string]>([
  ["an unknown commit", { status: 404, json: { message: "No commit found for the ref main" } }, "commit-unknown"],
  ["a folder", { status: 200, json: [] }, "not-a-file"],
  ["a link", { status: 200, json: { type: "symlink", target: "/etc/passwd" } }, "not-a-file"],
  ["a file that is too large", { status: 200, json: { type: "file", encoding: "none", content: "" } }, "not-a-file"],
])("%s is an error, never an absent policy", async (_, answer, code) => {
  await expect(read(answer)).rejects.toMatchObject({ problems: [{ code }] });
});

it("a refusal stays one", async () => {
  await expect(read({ status: 403, json: { message: "no" } })).rejects.toMatchObject({ status: 403 });
});
