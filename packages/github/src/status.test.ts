import { expect, it } from "vitest";
import { type Answer, type Sent, scripted } from "../test/scripted-fetch.ts";
import { type StatusRequest, setStatus, short } from "./status.ts";

type Status = Record<string, unknown>;

function commit(statuses: Status[], fault?: (write: number, keep: () => void) => Answer | undefined) {
  let writes = 0;
  return scripted(({ method, body }: Sent): Answer => {
    if (method === "GET") return { status: 200, json: statuses };
    const keep = () => void statuses.unshift(body);
    const failed = fault?.(++writes, keep);
    if (failed !== undefined) return failed;
    keep();
    return { status: 201, json: body };
  });
}

const request: StatusRequest = {
  repo: "octo/ml",
  sha: "a".repeat(40),
  context: "metricgate",
  state: "failure",
  description: "recall fell",
};

it("is written once", async () => {
  const statuses: Status[] = [];
  const github = commit(statuses);
  expect((await setStatus(github.client, request)).outcome).toBe("written");
  expect((await setStatus(github.client, request)).outcome).toBe("unchanged");
  expect(statuses).toHaveLength(1);
});

it("is written again when a newer one of its name says something else", async () => {
  const older = { context: "metricgate", state: "failure", description: "recall fell" };
  const newer = { context: "metricgate", state: "success", description: "passed" };
  const github = commit([{ context: "other", state: "failure", description: "recall fell" }, newer, older]);
  expect((await setStatus(github.client, request)).outcome).toBe("written");
});

it("exists once when the answer was lost", async () => {
  const statuses: Status[] = [];
  const github = commit(statuses, (write, keep) => {
    if (write > 1) return undefined;
    keep();
    return { status: 502 };
  });
  expect((await setStatus(github.client, request)).outcome).toBe("written");
  expect(statuses).toHaveLength(1);
});

it.each(["x".repeat(140), "x".repeat(141), `${"x".repeat(138)}😀😀`, "😀".repeat(100)])(
  "a description has at most 140 characters and no half ones: %s",
  (text) => {
    expect(short(text).length).toBeLessThanOrEqual(140);
    expect(short(text).isWellFormed()).toBe(true);
    if (text.length <= 140) expect(short(text)).toBe(text);
  },
);
