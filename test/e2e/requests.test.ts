import { afterEach, expect, it } from "vitest";
import { requestsTo, writesIn } from "../servers/double/request-log.ts";
import { takeId } from "../servers/double/state.ts";
import { gatedProject, type Project, policyOf, said } from "./project.ts";

const started: Project[] = [];
const policy = policyOf(["{ metric: accuracy, max-drop: 0.02 }", "{ metric: latency_ms, max-rise: 10% }"]);

async function project() {
  const made = await gatedProject({ accuracy: 0.9, latency_ms: 12 }, policy);
  started.push(made);
  return made;
}

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

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
  expect([first.exitCode, first.outputs["verdict"]], said(first)).toEqual([1, "fail"]);
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
