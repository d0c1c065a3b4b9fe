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
    const text = typeof init?.body === "string" ? init.body : "{}";
    const one: Sent = {
      method: init?.method ?? "GET",
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      body: JSON.parse(text),
      headers: new Headers(init?.headers),
    };
    sent.push(one);
    const reply = answer(one);
    if (reply === "reset") throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
    if (reply.bytes !== undefined)
      return new Response(new Uint8Array(reply.bytes), { status: reply.status, headers: reply.headers ?? {} });
    const headers = { "content-type": "application/json", ...reply.headers };
    return new Response(reply.status === 204 ? null : JSON.stringify(reply.json ?? {}), {
      status: reply.status,
      headers,
    });
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
