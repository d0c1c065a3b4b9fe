import type { Smoke } from "@metricgate/core/documents/deployment";
import { UserError } from "@metricgate/core/errors/user-error";
import { httpGet } from "./http-get.ts";

/** How to ask: seconds for each attempt, how often (1 or more), and how to wait between two attempts. `headers` go to the first origin only. */
export interface SmokeHttp {
  timeoutSeconds: number;
  attempts: number;
  sleep: (seconds: number) => Promise<void>;
  headers?: Record<string, string>;
}

const redirects = 3;
const excerpt = 300;
/** 4xx answers that may change while a server starts or is busy: a slow request, too early, too many. Any other 4xx stays what it is. */
const passing4xx: readonly number[] = [408, 425, 429];
/** Seconds between attempts: doubled each time, up to the longest. */
const firstPause = 1;
const longestPause = 15;

function parse(text: string, base?: URL): URL | undefined {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

/** An address that may be shown: without user, password, query and fragment, any of which may hold a secret. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]+/gu, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, excerpt)
    .toWellFormed();
}

/** What one attempt found; `final` when asking again cannot help. */
interface Found {
  ok: boolean;
  text: string;
  final?: boolean;
}

async function attempt(first: URL, o: SmokeHttp): Promise<Found> {
  let url = first;
  for (let followed = 0; ; followed++) {
    const sameOrigin = url.origin === first.origin;
    const answer = await httpGet(url, {
      timeoutSeconds: o.timeoutSeconds,
      headers: sameOrigin ? (o.headers ?? {}) : {},
    });
    const { status, location } = answer;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
      const body = oneLine(answer.text);
      const final = status >= 400 && status <= 499 && !passing4xx.includes(status);
      return { ok: status >= 200 && status <= 299, text: `HTTP ${status}${body === "" ? "" : `: ${body}`}`, final };
    }
    const next = parse(location, url);
    if (next === undefined) return { ok: false, text: `HTTP ${status} to an address that is not HTTP` };
    if (url.protocol === "https:" && next.protocol === "http:")
      return { ok: false, text: `HTTP ${status} from https to http, which is not followed` };
    if (followed === redirects) return { ok: false, text: `more than ${redirects} redirects` };
    url = next;
  }
}

/**
 * Asks an address until it answers 2xx, at most `attempts` times; a 4xx other than 408, 425 and 429 is final at once. The result is a failed smoke test rather than an error when it never does;
 * its text is the last answer in one line, its body cut to 300 characters. Credentials and the query are left out of what is shown.
 * @throws UserError `bad-url` for an address that is not http or https
 */
export async function smokeHttp(address: string, o: SmokeHttp): Promise<Smoke> {
  const url = parse(address);
  if (url === undefined)
    throw new UserError(
      "bad-url",
      "The address of the smoke test is not an http or https URL.",
      "Give `smoke-url` in full, with http:// or https://.",
    );
  let last: Found = { ok: false, text: "was not asked" };
  let asked = 0;
  for (let n = 1; n <= o.attempts; n++) {
    asked = n;
    try {
      last = await attempt(url, o);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? `${String(error.code)} ` : "";
      last = {
        ok: false,
        text: `no answer: ${oneLine(`${code}${error instanceof Error ? error.message : String(error)}`)}`,
      };
    }
    if (last.ok)
      return { kind: "http", what: shown(url), ok: true, text: n === 1 ? last.text : `${last.text} (attempt ${n})` };
    if (last.final === true) break;
    if (n < o.attempts) await o.sleep(Math.min(firstPause * 2 ** (n - 1), longestPause));
  }
  return { kind: "http", what: shown(url), ok: false, text: `${last.text} (after ${asked} attempts)` };
}
