import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gitIn } from "./commit-look.ts";
import { gitLedgerHistory, ledgerRef } from "./git-ledger.ts";

let folder = "";
const shas: string[] = [];
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: "pipe",
  }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
  git("init", "--quiet", "--initial-branch=main");
  for (const name of ["one", "two", "three"]) {
    git("commit", "--quiet", "--allow-empty", "--message", name);
    shas.push(git("rev-parse", "HEAD"));
  }
  git("checkout", "--quiet", "--orphan", "metricgate");
  for (const sha of [...shas, "f".repeat(40)]) {
    const path = join(folder, "baselines/main/m", `${sha}.json`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `{"of":"${sha}","ä":1}`);
  }
  mkdirSync(join(folder, "verdicts/main/m"), { recursive: true });
  writeFileSync(join(folder, "verdicts/main/m", `${shas[1]}.json`), '{"verdict":"wärn"}');
  git("add", "--all");
  git("commit", "--quiet", "--message", "records");
  git("checkout", "--quiet", "main");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the ledger in the local repository tells the records along first parents, oldest first, the nearest ones", async () => {
  const ref = await ledgerRef(gitIn(folder), "metricgate");
  expect(ref).toBe("refs/heads/metricgate");
  const past = gitLedgerHistory(gitIn(folder), ref ?? "");
  const query = { model: "m", branch: "main", base: shas[2] ?? "", window: 10 };
  expect((await past(query)).map(({ sha }) => sha)).toEqual(shas);
  expect((await past({ ...query, window: 2 })).map(({ sha }) => sha)).toEqual(shas.slice(1));
  const [first] = await past(query);
  expect(new TextDecoder().decode(first?.evaluation)).toBe(`{"of":"${shas[0]}","ä":1}`);
  expect(await past({ ...query, model: "other" })).toEqual([]);
  const verdicts = await Promise.all((await past(query)).map((record) => record.verdict?.()));
  expect(verdicts.map((bytes) => bytes && new TextDecoder().decode(bytes))).toEqual([
    undefined,
    '{"verdict":"wärn"}',
    undefined,
  ]);
});

test("a ledger that was fetched is found at its remote; none is none", async () => {
  git("update-ref", "refs/remotes/origin/records", "refs/heads/metricgate");
  expect(await ledgerRef(gitIn(folder), "records")).toBe("refs/remotes/origin/records");
  expect(await ledgerRef(gitIn(folder), "nothing")).toBeUndefined();
});
