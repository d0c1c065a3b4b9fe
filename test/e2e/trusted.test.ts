import { expect, test } from "vitest";
import { keep } from "./kept.ts";
import { lacking, type MeasuredOptions, measuredPull, protect } from "./measured-pull.ts";
import { policyOf, said } from "./project.ts";

async function measured(accuracy: number, o: MeasuredOptions = {}) {
  const made = await measuredPull(accuracy, o);
  keep(made.here);
  return made;
}

test("a worse model from a fork gets its comment and a failed status, with the permissions that the workflow lists", async () => {
  const { here, trusted, status, pull } = await measured(0.8);
  const result = await trusted();
  expect(result.exitCode, said(result)).toBe(0);
  expect(result.outputs.verdict).toBe("fail");
  expect(status()).toMatchObject([{ context: "metricgate", state: "failure" }]);
  expect(here.double.state.comments).toHaveLength(1);
  expect(here.double.state.comments[0]?.body).toContain("❌");
  expect(here.double.state.comments[0]?.body).toContain(pull.head.slice(0, 7));
  expect(result.requests.filter(({ status: code }) => code === 403)).toEqual([]);
  const again = await trusted();
  expect(again.requests.filter(({ method, path }) => method !== "GET" && path.startsWith("/repos/"))).toEqual([]);
});

test("a good one gets a success", async () => {
  const { trusted, status } = await measured(0.91);
  const result = await trusted();
  expect(result.exitCode, said(result)).toBe(0);
  expect(status()).toMatchObject([{ state: "success" }]);
});

test("a verdict and a policy that the pull request wrote itself change nothing", async () => {
  const loose = policyOf(["{ metric: accuracy, max-drop: 0.5 }"], protect);
  const { trusted, status } = await measured(0.8, { files: { ".github/metricgate.yml": loose } });
  expect((await trusted()).outputs.verdict).toBe("fail");
  expect(status()).toMatchObject([{ state: "failure" }]);
});

test("a protected file waits for an owner's approval of exactly this head; the author's and an older one do not count", async () => {
  const { here, trusted, status, pull } = await measured(0.91, { files: { "eval/data.csv": "a\n" } });
  const { reviews, roles } = here.double.state;
  const last = () => status().at(-1);
  await trusted();
  expect(last()).toMatchObject({ state: "pending", description: expect.stringContaining("eval/data.csv") });
  const told = () => here.double.state.comments.at(-1)?.body ?? "";
  expect(told()).toContain("**The required status waits:** this change touches 1 protected file: `eval/data.csv`.");
  expect(told()).toContain(
    `Next: an owner of \`.github/metricgate.yml\` approves exactly this head ([\`${pull.head.slice(0, 7)}\``,
  );
  expect(told()).not.toContain("nothing to do");
  reviews.push({ pull: 7, user: "octocat", state: "APPROVED", commit: pull.head });
  reviews.push({ pull: 7, user: "asha", state: "APPROVED", commit: here.base });
  reviews.push({ pull: 7, user: "reader", state: "APPROVED", commit: pull.head });
  roles.set("asha", "admin").set("octocat", "admin");
  await trusted();
  expect(last()).toMatchObject({ state: "pending" });
  reviews.push({ pull: 7, user: "asha", state: "APPROVED", commit: pull.head });
  await trusted();
  expect(last()).toMatchObject({ state: "success" });
  expect(told()).toContain("Approved by `asha`: this change touches 1 protected file: `eval/data.csv`.");
  reviews.push({ pull: 7, user: "asha", state: "CHANGES_REQUESTED", commit: pull.head });
  await trusted();
  expect(last()).toMatchObject({ state: "pending" });
});

test("a waiver of the pull request counts when an owner of the policy approved its head, and nothing else of its policy does", async () => {
  const waived = policyOf(
    ["{ metric: accuracy, max-drop: 0.5 }"],
    `${protect}waivers: [{ gate: accuracy, reason: agreed, by: asha, until: 2027-01-01 }]\n`,
  );
  const { here, trusted, status, pull } = await measured(0.8, {
    files: { ".github/metricgate.yml": waived },
    headRepository: "octo/ml",
  });
  const before = await trusted();
  expect(status().at(-1)).toMatchObject({ state: "failure" });
  for (const text of [here.double.state.comments.at(-1)?.body ?? "", before.summary]) {
    expect(text).toContain(
      "This change edits `.github/metricgate.yml`: **the waivers that it adds are not in force**.",
    );
    expect(text).toContain("Next: an owner of `.github/metricgate.yml` approves exactly this head");
  }
  here.double.state.roles.set("asha", "maintain");
  here.double.state.reviews.push({ pull: 7, user: "asha", state: "APPROVED", commit: pull.head });
  const result = await trusted();
  expect(result.outputs.verdict, said(result)).toBe("warn");
  expect(status().at(-1)).toMatchObject({ state: "success" });
  expect(here.double.state.comments.at(-1)?.body).toContain("agreed");
  expect(here.double.state.comments.at(-1)?.body).toContain(
    "`asha` approved it, so the waivers that it adds are in force.",
  );
});

test("a planned model without documents is a failure", async () => {
  const { trusted, status } = await measured(0.91, { skip: true });
  await trusted();
  expect(status()).toMatchObject([{ state: "failure" }]);
});

test.each([
  ["another workflow that calls itself the same", { path: ".github/workflows/fake.yml" }],
  ["a push run", { event: "push" }],
])("documents of %s are refused, and no status is set", async (_, change) => {
  const { run, trusted, status } = await measured(0.91);
  Object.assign(run, change);
  const result = await trusted();
  expect(result.exitCode).not.toBe(0);
  expect(said(result)).toContain("not believed");
  expect(status()).toEqual([]);
});

test("a head that has moved on is left alone", async () => {
  const { here, trusted, status } = await measured(0.8);
  const pull = here.double.state.pulls[0];
  if (pull !== undefined) pull.head = { ...pull.head, sha: here.base };
  const result = await trusted();
  expect(result.exitCode, said(result)).toBe(0);
  expect(status()).toEqual([]);
  expect(here.double.state.comments).toEqual([]);
});

test("run-id without the workflow is refused", async () => {
  const { trusted } = await measured(0.91);
  const result = await trusted({ workflow: "" });
  expect([result.exitCode, said(result)]).toMatchObject([2, expect.stringContaining("workflow")]);
});

test.each([
  ["actions", "actions: read", 3, 0],
  ["contents", "contents: read", 3, 0],
  ["pull_requests", "pull-requests: write", 0, 1],
  ["statuses", "statuses: write", 3, 0],
] as const)("without %s the missing line is named, and nothing turns green", async (name, line, exitCode, statuses) => {
  const { trusted, status } = await measured(0.8);
  const result = await trusted({}, lacking[name].secret);
  expect([result.exitCode, status().length], said(result)).toEqual([exitCode, statuses]);
  expect(said(result)).toContain(line);
  expect(status().map(({ state }) => state)).not.toContain("success");
});

test("a base whose policy cannot be read gives an error status, and one without a policy a pending one", async () => {
  const { here, trusted, status } = await measured(0.91);
  const commit = (text: string | undefined) => {
    here.git("checkout", "--quiet", "--force", "main");
    if (text === undefined) here.git("rm", "--quiet", ".github/metricgate.yml");
    else here.write({ ".github/metricgate.yml": text });
    return here.commit("Another policy");
  };
  commit("version: 1\nmodels: [\n");
  const torn = await trusted();
  expect(torn.exitCode, said(torn)).toBe(2);
  expect(status().at(-1)).toMatchObject({ state: "error", description: expect.stringContaining("cannot be read") });
  commit(undefined);
  const none = await trusted();
  expect(none.exitCode, said(none)).toBe(0);
  expect(status().at(-1)).toMatchObject({ state: "pending", description: expect.stringContaining("not judged") });
});
