import { describe, expect, it } from "vitest";
import { addApproval } from "../servers/double/seed.ts";
import { keep } from "./kept.ts";
import { gatedProject, type Project, policyOf, said } from "./project.ts";

const policy = policyOf(
  ["{ metric: accuracy, max-drop: 0.02 }", "{ metric: latency_ms, direction: down, max-rise: 50% }"],
  "baseline: { anchor: 'deployed:production' }\n",
);

type Live = Project & { base: string };

/** Main with a policy that holds every model against what is live too. */
async function released(): Promise<Live> {
  const files = { "requirements.txt": "lightgbm==4.5.0\n" };
  return keep(await gatedProject({ accuracy: 0.9, latency_ms: 20 }, policy, { files }));
}

/** A run of main that trained and judged; `summary` is what the reviewers of production read, `deploy` promotes it. */
async function candidate(
  here: Live,
  title: string,
  metrics: Record<string, number>,
  files: Record<string, string> = {},
) {
  here.git("checkout", "--quiet", "--force", "main");
  here.write({ "metrics.json": JSON.stringify(metrics), ...files });
  const before = here.git("rev-parse", "HEAD");
  const sha = here.commit(title);
  const { event, run } = here.pushed(sha, before);
  const at = { run: { id: run } };
  here.freshJob();
  const train = { run: `rm -rf model; mkdir model; printf ${sha} > model/w`, path: "model" };
  const trained = await here.step("train", train, event, at);
  const reviewed = await here.step("review", { path: "model" }, event, at);
  if (trained.exitCode !== 0 || reviewed.outputs.verdict === undefined) throw new Error(said(reviewed));
  const reported = await here.step("report", { "approval-summary": "production" }, event, at);
  if (reported.exitCode !== 0) throw new Error(said(reported));
  addApproval(here.double.world, run, { user: "asha", environments: ["production"] });
  here.git("clean", "--quiet", "-fdx", "--exclude", "serving");
  return {
    sha,
    digest: trained.outputs["model-digest"] ?? "",
    summary: reported.summary,
    // The first promotion finds nothing live to compare with, which is a warning.
    deploy: () => here.step("deploy", { to: "serving", environment: "production", accept: "warn" }, event, at),
  };
}

describe("approval-summary", () => {
  it("tells the reviewers of an environment what they would replace, what changed and how to undo it", async () => {
    const here = await released();
    const first = await candidate(here, "The first release", { accuracy: 0.9, latency_ms: 20 });
    expect(first.summary).toContain("Nothing is live in `production` yet");
    const promoted = await first.deploy();
    expect(promoted.exitCode, said(promoted)).toBe(0);

    const changed = { "requirements.txt": "lightgbm==4.6.0\n" };
    const next = await candidate(here, "Quantise @octo", { accuracy: 0.95, latency_ms: 18 }, changed);
    const { summary } = next;
    expect(summary).toMatch(/^## Approve \*\*m\*\* for \*\*production\*\*\?/);
    expect(summary).toMatch(/✅ \| Is it better than what is live now\? \| \*\*Yes:\*\* .*`accuracy` \+0\.05/);
    expect(summary).toContain(`It replaces \`${first.digest.slice(0, 19)}…\` of`);
    expect(summary).toContain(next.digest);
    expect(summary).toContain("Quantise `@octo`");
    expect(summary).toContain("`lightgbm 4.5.0 → 4.6.0`");
    expect(summary).toContain("`latency_ms` 18");
    expect(summary).toContain("`rollback: true`");
    expect(summary).toContain("valid until another model becomes live");
  });

  it("what it says of its validity holds: deploy refuses when another model became live since", async () => {
    const here = await released();
    await (await candidate(here, "The first release", { accuracy: 0.9, latency_ms: 20 })).deploy();
    const waiting = await candidate(here, "Waits for its reviewers", { accuracy: 0.92, latency_ms: 20 });
    const faster = await candidate(here, "Overtakes it", { accuracy: 0.93, latency_ms: 20 });
    expect((await faster.deploy()).exitCode).toBe(0);
    here.git("checkout", "--quiet", "--force", waiting.sha);
    here.git("clean", "--quiet", "-fdx", "--exclude", "serving");
    const late = await waiting.deploy();
    expect(late.exitCode).toBe(2);
    expect(said(late)).toContain("[live-changed]");
    expect(said(late)).toContain(faster.digest);
  });
});
