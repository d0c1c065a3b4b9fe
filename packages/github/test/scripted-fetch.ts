import { type Client, createClient } from "../src/client.ts";

/** One request as it was sent. */
export interface Sent {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: Headers;
}

/** What is answered: a status with JSON or bytes, or a connection that breaks. */
export type Answer = { status: number; json?: unknown; bytes?: Uint8Array; headers?: Record<string, string> } | "reset";

/** A client whose requests go to a function; nothing leaves the process and no wait takes time. */
export function scripted(
  answer: (sent: Sent) => Answer,
  o: { token?: string; maxWaitSeconds?: number; apiUrl?: string } = {},
): { client: Client; sent: Sent[]; waits: number[]; writes: () => Sent[] } {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const one: Sent = {
      method: init?.method ?? "GET",
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      body: JSON.parse(typeof init?.body === "string" ? init.body : "{}"),
      headers: new Headers(init?.headers),
    };
    sent.push(one);
    const reply = answer(one);
    if (reply === "reset") throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
    const headers = { ...(reply.bytes === undefined ? { "content-type": "application/json" } : {}), ...reply.headers };
    const text = JSON.stringify(reply.json ?? {});
    const content = reply.bytes === undefined ? text : new Uint8Array(reply.bytes);
    const response = new Response(reply.status === 204 ? null : content, { status: reply.status, headers });
    // A made response has no address, and octokit's pagination reads it.
    return Object.defineProperty(response, "url", { value: url.href });
  };
  const client = createClient({
    token: o.token ?? "ghs_job",
    apiUrl: o.apiUrl ?? "https://api.github.test",
    fetch,
    now: () => 0,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    ...(o.maxWaitSeconds === undefined ? {} : { maxWaitSeconds: o.maxWaitSeconds }),
  });
  return { client, sent, waits, writes: () => sent.filter((s) => s.method !== "GET" && s.path !== "/graphql") };
}
