import { expect, it } from "vitest";
import { requestsTo, writesIn } from "../servers/double/request-log.ts";
import { takeId } from "../servers/double/state.ts";
import { keep } from "./kept.ts";
import { gatedProject, type Project, policyOf, said } from "./project.ts";

const policy = policyOf(["{ metric: accuracy, max-drop: 0.02 }", "{ metric: latency_ms, max-rise: 10% }"]);

const project = async () => keep(await gatedProject({ accuracy: 0.9, latency_ms: 12 }, policy));

/** Comments of other people on a pull request. */
function chatter({ double }: Project, issue: number, count: number, body = (n: number) => `remark ${n}`): void {
  for (let n = 0; n < count; n += 1) {
    const createdAt = "2026-11-20T09:00:00Z";
    double.state.comments.push({
      id: takeId(double.state),
      issue,
      body: body(n),
      author: `person-${n % 7}`,
      fromApp: false,
      createdAt,
      updatedAt: createdAt,
    });
  }
}

const rest = (path: string) => path.startsWith("/repos/") || path === "/user" || path === "/graphql";

it("review of a pull request needs at most 8 requests, and a second run of the same head writes nothing", async () => {
  const here = await project();
  const pull = here.proposed({
    number: 1,
    base: here.base,
    files: { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) },
  });
  chatter(here, 1, 100);
  const first = await here.step("review", {}, pull.event, { run: { id: 501 } });
  expect([first.exitCode, first.outputs.verdict], said(first)).toEqual([1, "fail"]);
  expect(first.outputs["baseline-sha"]).toBe(here.base);
  const asked = first.requests.filter(({ path }) => rest(path));
  console.log(
    `review of a pull request: ${asked.length} REST requests\n${asked.map(({ method, path, status }) => `  ${method} ${path} ${status}`).join("\n")}`,
  );
  expect(asked.length).toBeLessThanOrEqual(8);
  expect(asked.map(({ status }) => status).filter((status) => status >= 400)).toEqual([]);

  here.freshJob();
  const again = await here.step("review", {}, pull.event, { run: { id: 502 } });
  expect(again.exitCode).toBe(1);
  expect(writesIn(again.requests)).toEqual([]);
  expect(here.double.state.comments.filter(({ author }) => author === "github-actions[bot]")).toHaveLength(1);
});

it("a run of the same head that measured something else updates the one comment", async () => {
  const here = await project();
  const pull = here.proposed({
    number: 1,
    base: here.base,
    files: { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) },
  });
  await here.step("review", {}, pull.event, { run: { id: 501 } });
  here.freshJob();
  here.write({ "metrics.json": JSON.stringify({ accuracy: 0.95, latency_ms: 12 }) });
  const again = await here.step("review", {}, pull.event, { run: { id: 502 } });
  expect(again.outputs.verdict).toBe("pass");
  expect(writesIn(again.requests).map(({ method }) => method)).toEqual(["PATCH"]);
  expect(here.double.state.comments).toHaveLength(1);
});

it("an older run that ends late does not write over the newer one's comment", async () => {
  const here = await project();
  const pull = here.proposed({
    number: 1,
    base: here.base,
    files: { "metrics.json": JSON.stringify({ accuracy: 0.95, latency_ms: 12 }) },
  });
  await here.step("review", { comment: "always" }, pull.event, { run: { id: 502 } });
  const newer = here.double.state.comments[0]?.body;
  here.freshJob();
  here.write({ "metrics.json": JSON.stringify({ accuracy: 0.5, latency_ms: 12 }) });
  const late = await here.step("review", { comment: "always" }, pull.event, { run: { id: 501 } });
  expect(late.exitCode).toBe(1);
  expect(writesIn(late.requests)).toEqual([]);
  expect(here.double.state.comments.map(({ body }) => body)).toEqual([newer]);
});

it("finds its comment behind 20 pages of remarks, and edits that one", async () => {
  const here = await project();
  const pull = here.proposed({
    number: 1,
    base: here.base,
    files: { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) },
  });
  chatter(here, 1, 1999);
  await here.step("review", {}, pull.event, { run: { id: 501 } });
  const ours = here.double.state.comments.at(-1);
  expect(ours?.author).toBe("github-actions[bot]");
  here.freshJob();
  here.write({ "metrics.json": JSON.stringify({ accuracy: 0.8, latency_ms: 12 }) });
  const again = await here.step("review", {}, pull.event, { run: { id: 502 } });
  expect(requestsTo(again.requests, "GET /repos/:o/:r/issues/1/comments")).toHaveLength(20);
  expect(writesIn(again.requests).map(({ method, path }) => `${method} ${path}`)).toEqual([
    `PATCH /repos/octo/ml/issues/comments/${ours?.id}`,
  ]);
  expect(here.double.state.comments).toHaveLength(2000);
});

it.each([
  ["the whole comment", (body: string) => body],
  ["its marker as the first line", (body: string) => `${body.split("\n")[0]}\nnothing to see`],
  ["its marker in a quote", (body: string) => `> ${body.split("\n")[0]}\nwhat is this?`],
])("a comment of somebody else that copies %s is never edited", async (_, copied) => {
  const here = await project();
  const files = { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) };
  const model = here.proposed({ number: 1, base: here.base, files });
  await here.step("review", {}, model.event, { run: { id: 501 } });
  const body = copied(here.double.state.comments[0]?.body ?? "");
  expect(body).toContain("metricgate:v1");

  const pull = here.proposed({ number: 2, base: here.base, files });
  chatter(here, 2, 3, () => body);
  here.freshJob();
  const result = await here.step("review", {}, pull.event, { run: { id: 502 } });
  expect(result.exitCode).toBe(1);
  const onPull = here.double.state.comments.filter(({ issue }) => issue === 2);
  expect(onPull.map(({ author }) => author)).toEqual(["person-0", "person-1", "person-2", "github-actions[bot]"]);
  expect(onPull.slice(0, 3).map((comment) => comment.body)).toEqual([body, body, body]);
  expect(writesIn(result.requests).map(({ method }) => method)).toEqual(["POST"]);
});

it.each([
  ["the connection breaks after it was written", { cut: "commit-then-reset" as const }, 1],
  ["the connection breaks before", { cut: "reset-before" as const }, 1],
  ["GitHub answers 502", { status: 502 }, 1],
])("there is exactly one comment when %s", async (_, fault, times) => {
  const here = await project();
  const pull = here.proposed({
    number: 1,
    base: here.base,
    files: { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) },
  });
  here.double.faults.add({ route: "POST /repos/:o/:r/issues/:n/comments", times, ...fault });
  const result = await here.step("review", {}, pull.event, { run: { id: 501 } });
  expect(result.exitCode).toBe(1);
  expect(here.double.state.comments).toHaveLength(1);
  expect(said(result)).not.toContain("comment");
});

const outages = [
  ["no comment can be written", { route: "/repos/:o/:r/issues/**", status: 500 }, { html: "false" }, 0.85],
  [
    "the token may not comment",
    {
      route: "/repos/:o/:r/issues/**",
      status: 403,
      body: { message: "Resource not accessible by integration" },
    },
    {},
    0.95,
  ],
  ["no artifact can be stored", { route: "/twirp/**", status: 500 }, { html: "false" }, 0.95],
  ["artifacts are refused", { route: "/twirp/**", status: 403 }, {}, 0.85],
] as const;

it.each(outages)(
  "when %s, the verdict, the exit code and the summary are the same as without",
  async (_, fault, more, accuracy) => {
    const here = await project();
    const files = { "metrics.json": JSON.stringify({ accuracy, latency_ms: 12 }) };
    const pull = here.proposed({ number: 1, base: here.base, files });
    const review = () => here.step("review", { comment: "always", ...more }, pull.event, { run: { id: 501 } });
    const well = await review();
    const verdict = here.read(".metricgate/m/verdict.json");
    here.double.state.comments.length = 0;
    here.freshJob();
    here.double.faults.add({ times: 1000, ...fault });
    const ill = await review();
    expect([ill.exitCode, ill.outputs.verdict, ill.outputs["failed-gates"], ill.outputs.status]).toEqual([
      accuracy < 0.9 ? 1 : 0,
      accuracy < 0.9 ? "fail" : "pass",
      well.outputs["failed-gates"],
      "ok",
    ]);
    expect(here.read(".metricgate/m/verdict.json")).toBe(verdict);
    expect(ill.summary).toContain("accuracy");
    const warnings = ill.annotations.filter(({ level }) => level === "warning").map(({ message }) => message);
    expect(warnings.length, said(ill)).toBeGreaterThan(0);
    for (const warning of warnings) expect(warning).not.toMatch(/\.\.|undefined|\[object/);
    expect(ill.log).not.toMatch(/^\s+at .*\(/m);
  },
  60_000,
);

it("a refused comment is answered with the permission line that is missing", async () => {
  const here = await project();
  const files = { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) };
  const pull = here.proposed({ number: 1, base: here.base, files });
  const body = { message: "Resource not accessible by integration" };
  here.double.faults.add({ route: "/repos/:o/:r/issues/**", times: 10, status: 403, body });
  const result = await here.step("review", {}, pull.event, { run: { id: 501 } });
  expect(result.exitCode).toBe(1);
  expect(said(result)).toContain("pull-requests: write");
});

it("when nothing of GitHub answers, a pull request has no verdict and exit code 3, and the same documents still give theirs", async () => {
  const here = await project();
  const files = { "metrics.json": JSON.stringify({ accuracy: 0.85, latency_ms: 12 }) };
  const pull = here.proposed({ number: 1, base: here.base, files });
  await here.step("review", {}, pull.event, { run: { id: 501 } });
  const verdict = here.read(".metricgate/m/verdict.json");
  here.double.faults.add({ route: "/**", times: 10_000, status: 500 });
  const again = await here.step("gate", { from: ".metricgate/m" }, pull.event, { run: { id: 501 } });
  expect([again.exitCode, again.outputs.verdict, again.requests]).toEqual([1, "fail", []]);
  expect(here.read(".metricgate/m/verdict.json")).toBe(verdict);
  here.freshJob();
  const inputs = { comment: "never", html: "false" };
  const dark = await here.step("review", inputs, pull.event, { run: { id: 502 } });
  expect([dark.exitCode, dark.outputs.verdict, dark.outputs.status]).toEqual([3, undefined, "unavailable"]);
  expect(dark.summary).toContain("no verdict");
  expect(said(dark)).toContain("[github-unavailable]");
  expect(here.exists(".metricgate/m/verdict.json")).toBe(false);
}, 60_000);
