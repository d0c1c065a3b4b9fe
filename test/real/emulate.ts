import { createSign } from "node:crypto";
import { createServer } from "node:net";
import type { Permissions } from "@metricgate/test-servers/double/tokens";
import { createEmulator } from "emulate";

const appId = 15368;
const installation = 100;

/** The third-party GitHub server, with the App `github-actions` installed, so that its tokens have permissions. */
export async function startEmulate(
  repository: string,
  baseUrl: string,
  permissions: Permissions,
): Promise<{ url: string; installationToken(permissions: Permissions): Promise<string>; stop(): Promise<void> }> {
  const [owner = "", name = ""] = repository.split("/");
  const port = await freePort();
  const app = { app_id: appId, slug: "github-actions", name: "GitHub Actions", permissions: { ...permissions } };
  const installed = { installation_id: installation, account: owner };
  const emulator = await createEmulator({
    service: "github",
    port,
    baseUrl,
    seed: {
      github: {
        users: [{ login: owner }, { login: "octocat" }],
        repos: [{ owner, name, auto_init: true }],
        apps: [{ ...app, installations: [installed] }],
      },
    },
  });
  const key = emulator.generatedSecrets[0]?.value ?? "";
  const url = `http://127.0.0.1:${port}`;
  const installationToken = async (wanted: Permissions) => {
    const response = await fetch(`${url}/app/installations/${installation}/access_tokens`, {
      method: "POST",
      headers: { authorization: `Bearer ${appToken(key)}`, "content-type": "application/json" },
      body: JSON.stringify({ permissions: wanted }),
    });
    const answer = Object(await response.json());
    if (typeof answer.token !== "string") throw new Error(`emulate gave no installation token: ${response.status}`);
    return answer.token;
  };
  return { url, installationToken, stop: () => emulator.close() };
}

function appToken(key: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const second = Math.floor(Date.now() / 1000);
  const head = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: second - 60, exp: second + 500, iss: String(appId) })}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(key).toString("base64url")}`;
}

/** emulate reports its base URL in place of the port that it took, so the port is chosen here. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
