import { describe, expect, it } from "vitest";
import { type Answer, type Sent, scripted } from "../test/scripted-fetch.ts";
import { approvalOf, attemptsUsed } from "./approval.ts";
import {
  activeDeployment,
  type DeploymentRequest,
  deactivateOthers,
  openDeployment,
  ourDeployments,
  setDeploymentState,
} from "./deployments.ts";

interface Kept {
  id: number;
  body: Record<string, unknown>;
  statuses: Record<string, unknown>[];
}

/** The Deployments of a repository. The payload comes back as an object or, as GitHub sometimes does, as text. */
function repository(o: { loseFirst?: boolean; asText?: boolean } = {}) {
  const kept: Kept[] = [];
  let lost = !o.loseFirst;
  const shown = (one: Kept) => ({
    ...one.body,
    id: one.id,
    sha: one.body.ref,
    payload: o.asText ? JSON.stringify(one.body.payload) : one.body.payload,
  });
  const answer = ({ method, path, query, body }: Sent): Answer => {
    const one = kept.find((d) => path.endsWith(`/deployments/${d.id}/statuses`));
    if (one && method === "GET") return { status: 200, json: one.statuses.slice(0, 1) };
    const fits = (d: Kept, key: string, field: string) => query.get(key) === null || query.get(key) === d.body[field];
    if (method === "GET") {
      const found = kept.filter(
        (d) => fits(d, "environment", "environment") && fits(d, "task", "task") && fits(d, "sha", "ref"),
      );
      return { status: 200, json: found.toReversed().map(shown) };
    }
    if (one) {
      one.statuses.unshift(body);
      return { status: 201, json: body };
    }
    const made = { id: kept.length + 1, body, statuses: [] };
    kept.push(made);
    if (lost) return { status: 201, json: shown(made) };
    lost = true;
    return "reset";
  };
  return { ...scripted(answer), kept };
}

const digest = `sha256:${"d".repeat(64)}`;
const request = (more: Partial<DeploymentRequest> = {}): DeploymentRequest => ({
  repo: "octo/ml",
  sha: "a".repeat(40),
  environment: "production",
  model: "fraud",
  modelDigest: digest,
  run: { id: 77, attempt: 1 },
  description: "fraud",
  production: true,
  ...more,
});
const place = { repo: "octo/ml", environment: "production", model: "fraud" };

describe("a Deployment", () => {
  it("is made once for a run and attempt, whatever form its payload comes back in", async () => {
    for (const asText of [false, true]) {
      const github = repository({ asText });
      expect(await openDeployment(github.client, request())).toEqual({ id: 1, created: true });
      expect(await openDeployment(github.client, request())).toEqual({ id: 1, created: false });
      expect(await openDeployment(github.client, request({ run: { id: 77, attempt: 2 } }))).toEqual({
        id: 2,
        created: true,
      });
    }
  });

  it("exists once when the answer was lost", async () => {
    const github = repository({ loseFirst: true });
    expect((await openDeployment(github.client, request())).id).toBe(1);
    expect(github.kept).toHaveLength(1);
  });

  it("waits for no other checks and is merged with nothing", async () => {
    const github = repository();
    await openDeployment(github.client, request());
    expect(github.kept[0]?.body).toMatchObject({
      required_contexts: [],
      auto_merge: false,
      production_environment: true,
    });
  });

  it("of somebody else is not taken for ours", async () => {
    const github = repository();
    github.kept.push({
      id: 1,
      body: { ref: "x", environment: "production", task: "deploy:fraud", payload: "not json" },
      statuses: [],
    });
    expect(await ourDeployments(github.client, place)).toEqual([]);
  });
});

describe("its state", () => {
  it("is written once, and never ends others by itself", async () => {
    const github = repository();
    const { id } = await openDeployment(github.client, request());
    const to = { repo: "octo/ml", id, state: "success" as const, description: "x".repeat(200) };
    expect((await setDeploymentState(github.client, to)).outcome).toBe("written");
    expect((await setDeploymentState(github.client, to)).outcome).toBe("unchanged");
    expect(github.kept[0]?.statuses).toHaveLength(1);
    expect(github.kept[0]?.statuses[0]).toMatchObject({
      auto_inactive: false,
      description: expect.stringMatching(/^x{139}…$/),
    });
  });

  it("is active for one Deployment of a model and environment, production too", async () => {
    const github = repository();
    const made: number[] = [];
    for (const [run, model] of [
      [1, "fraud"],
      [2, "fraud"],
      [3, "churn"],
    ] as const) {
      const { id } = await openDeployment(github.client, request({ model, run: { id: run, attempt: 1 } }));
      await setDeploymentState(github.client, { repo: "octo/ml", id, state: "success", description: "live" });
      made.push(id);
    }
    expect(await deactivateOthers(github.client, { ...place, keep: made[1] ?? 0 })).toEqual([made[0]]);
    expect(github.kept.map((d) => d.statuses[0]?.state)).toEqual(["inactive", "success", "success"]);
    expect(await deactivateOthers(github.client, { ...place, keep: made[1] ?? 0 })).toEqual([]);
    expect(await activeDeployment(github.client, place)).toMatchObject({ id: made[1], run: { id: 2 } });
  });

  it("of a failed promotion leaves the one before active", async () => {
    const github = repository();
    for (const [run, state] of [
      [1, "success"],
      [2, "failure"],
    ] as const) {
      const { id } = await openDeployment(github.client, request({ run: { id: run, attempt: 1 } }));
      await setDeploymentState(github.client, { repo: "octo/ml", id, state, description: state });
    }
    expect((await activeDeployment(github.client, place))?.run.id).toBe(1);
  });
});

describe("the approval of a run", () => {
  const review = (state: string, environment: string, login: string) => ({
    state,
    comment: "",
    environments: [{ name: environment }],
    user: { login },
  });
  const ask = (reviews: object[], usedBefore = 0) => {
    const { client } = scripted(() => ({ status: 200, json: reviews }));
    return approvalOf(client, { repo: "octo/ml", runId: 77, environment: "production", usedBefore });
  };

  it("names who approved this environment", async () => {
    const reviews = [review("approved", "staging", "kim"), review("approved", "Production", "asha")];
    expect(await ask(reviews)).toEqual({ approved: true, by: ["asha"] });
  });

  it.each<[string, object[]]>([
    ["nobody reviewed", []],
    ["it was rejected", [review("rejected", "production", "asha")]],
    ["another environment was approved", [review("approved", "staging", "asha")]],
  ])("is missing when %s", async (_, reviews) => {
    expect(await ask(reviews)).toMatchObject({ approved: false, text: expect.stringContaining("Nobody approved") });
  });

  it("was used by an attempt that promoted: the next attempt needs another", async () => {
    const one = review("approved", "production", "asha");
    const deployments = [1, 1, 2].map((attempt) => ({ run: { id: 77, attempt } }));
    const used = attemptsUsed([...deployments, { run: { id: 76, attempt: 1 } }], { id: 77, attempt: 2 });
    expect(used).toBe(1);
    expect(await ask([one], used)).toMatchObject({ approved: false, text: expect.stringContaining("earlier attempt") });
    expect(await ask([one, one], used)).toMatchObject({ approved: true });
  });
});
