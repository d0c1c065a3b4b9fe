/** What a failed request tells; the shape of octokit's RequestError, read without trusting it. */
export interface Failure {
  status?: number;
  message: string;
  headers: Record<string, string>;
  /** There was an answer from the server; without one nobody knows whether it acted. */
  answered: boolean;
}

/** Reads status, message and headers from whatever a request threw. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (typeof error !== "object" || error === null) return { message, headers: {}, answered: false };
  const response = "response" in error && typeof error.response === "object" ? error.response : undefined;
  const headers: Record<string, string> = {};
  if (response && "headers" in response && typeof response.headers === "object" && response.headers !== null) {
    for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
  }
  const status = "status" in error && typeof error.status === "number" ? error.status : undefined;
  return { message, headers, answered: Boolean(response), ...(status === undefined ? {} : { status }) };
}

/** GitHub refused because of a rate limit; nothing was done, so any request may be sent again. */
export function isRateLimit(failure: Failure): boolean {
  if (failure.status === 429) return true;
  if (failure.status !== 403) return false;
  const { headers, message } = failure;
  return headers["x-ratelimit-remaining"] === "0" || "retry-after" in headers || /rate limit/i.test(message);
}

/** Nobody knows whether the server acted: a broken connection or a 5xx. */
export function isAmbiguous(failure: Failure): boolean {
  return failure.status === undefined ? !failure.answered : failure.status >= 500;
}

/** Milliseconds that the server asks us to wait; without a word a minute, doubled each time. */
export function waitAsked(failure: Failure, tries: number, now: number): number {
  const after = Number(failure.headers["retry-after"]);
  if (Number.isFinite(after) && after >= 0) return after * 1000;
  const reset = Number(failure.headers["x-ratelimit-reset"]);
  if (failure.headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) {
    const server = Date.parse(failure.headers.date ?? "");
    return Math.max(0, reset * 1000 - (Number.isNaN(server) ? now : server)) + 1000;
  }
  return 60_000 * 2 ** tries;
}

/** The part of octokit's request options that is used here. */
export interface RequestOptions {
  method: string;
  url: string;
  request?: { signal?: unknown };
}

const readTries = 3;
const requestTimeout = 120_000;

/**
 * Waits and repeats around each request of one client. The well-known plugins repeat POSTs and wait without a ceiling;
 * here reads alone are repeated, and all waits together stay under `maxWaitSeconds`.
 */
export function patience(o: {
  maxWaitSeconds: number;
  sleep: (milliseconds: number) => Promise<void>;
  now: () => number;
  onRequest: (line: string) => void;
}) {
  let left = o.maxWaitSeconds * 1000;
  return async <T extends { status: number }>(
    send: () => PromiseLike<T> | T,
    options: RequestOptions,
    address: string,
  ): Promise<T> => {
    // Our only use of GraphQL is a query, so its POST is a read.
    const isRead = options.method === "GET" || options.method === "HEAD" || options.url === "/graphql";
    const request: { signal?: unknown } = options.request ?? {};
    options.request = request;
    for (let tries = 0; ; tries++) {
      request.signal = AbortSignal.timeout(requestTimeout);
      try {
        const answer = await send();
        o.onRequest(`${options.method} ${pathOf(address)} ${answer.status}`);
        return answer;
      } catch (error) {
        const failure = failureOf(error);
        o.onRequest(`${options.method} ${pathOf(address)} ${failure.answered ? failure.status : "no answer"}`);
        const limited = isRateLimit(failure);
        if (!limited && !(isRead && isAmbiguous(failure) && tries < readTries)) throw error;
        const wait = limited ? waitAsked(failure, tries, o.now()) : 1000 * 2 ** tries;
        if (wait > left) throw error;
        left -= wait;
        await o.sleep(wait);
      }
    }
  };
}

/** The path without a query, where a signature could stand. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, "").replace(/\?.*$/, "");
}
