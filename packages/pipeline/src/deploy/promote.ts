import type { Deployment, Smoke } from "@metricgate/core/documents/deployment";
import type { Digest } from "@metricgate/core/documents/digest";
import type { DeployPorts, DeployRequest, Plan } from "./deploy-ports.ts";

/** Stages, switches, tests, and switches back when the test fails. What is live in the end is what the outcome says. */
export async function promote(
  request: DeployRequest,
  plan: Plan,
  previous: Digest | undefined,
  ports: DeployPorts,
): Promise<{ outcome: Deployment["outcome"]; smoke: Smoke[] }> {
  const { target, messages } = ports;
  if (plan.files !== undefined) await target.stage(plan.files.manifest, plan.files.from);
  const already = previous === plan.digest;
  if (!already) await target.activate(plan.digest);
  const smoke = await smokeTest(request, plan.digest, ports);
  if (smoke.every(({ ok }) => ok)) return { outcome: already ? "unchanged" : "active", smoke };
  messages.warn(
    `The smoke test failed: ${smoke
      .filter(({ ok }) => !ok)
      .map(({ text }) => text)
      .join("; ")}`,
  );
  if (already) return { outcome: "failed", smoke };
  if (previous === undefined) {
    await target.deactivate();
    return { outcome: "failed", smoke };
  }
  await target.activate(previous);
  messages.warn(`${previous} is live again`);
  return { outcome: "rolled-back", smoke };
}

async function smokeTest(
  request: DeployRequest,
  digest: Digest,
  { engine, workspace, smokeHttp, target }: DeployPorts,
): Promise<Smoke[]> {
  const done: Smoke[] = [];
  if (request["smoke-run"] !== undefined) {
    const { exit, tail } = await engine.run({
      command: request["smoke-run"],
      directory: workspace.root,
      environment: { METRICGATE_MODEL_DIR: target.location(digest), METRICGATE_MODEL_DIGEST: digest },
      passEnv: request["pass-env"] ?? [],
      graceSeconds: 7,
    });
    const ok = exit.code === 0 && !exit.interrupted;
    const how = exit.signal === undefined ? `exit code ${exit.code ?? "none"}` : `signal ${exit.signal}`;
    done.push({ kind: "command", what: request["smoke-run"], ok, text: ok ? "passed" : `${how}: ${tail.slice(-300)}` });
    if (!ok) return done;
  }
  if (request["smoke-url"] !== undefined) done.push(await smokeHttp(request["smoke-url"]));
  return done;
}
