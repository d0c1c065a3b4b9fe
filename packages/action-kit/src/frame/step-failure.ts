import { type Failure, failureOf } from "@metricgate/core/errors/failure";

/**
 * How a step ended by what was thrown. A request to GitHub that was refused or not answered could not be done: it is neither a bug of
 * ours nor the user's mistake. The permission is the one that GitHub's own answer names.
 */
export async function stepFailure(thrown: unknown): Promise<Failure> {
  const request = requestOf(thrown);
  if (request === undefined) return failureOf(thrown);
  const { explainFailure } = await import("@metricgate/github/failure");
  const { code, text, next } = explainFailure(thrown, request, {});
  return { status: "unavailable", exitCode: 3, problems: [{ code, text: text.replace(/\.$/, ""), next }] };
}

/** The request of octokit's HttpError; absent when something else was thrown. */
function requestOf(thrown: unknown): { permission: string; what: string } | undefined {
  if (!(thrown instanceof Error) || thrown.name !== "HttpError" || !("request" in thrown)) return undefined;
  const { method, url } = thrown.request as { method?: unknown; url?: unknown };
  const path = String(url)
    .replace(/^https?:\/\/[^/]+/, "")
    .replace(/\?.*$/, "");
  const response =
    "response" in thrown ? (thrown.response as { headers?: Record<string, unknown> } | undefined) : undefined;
  const headers = response?.headers;
  const [needed = ""] = String(headers?.["x-accepted-github-permissions"] ?? "").split(/[;,]/);
  return {
    permission: needed === "" ? "contents: read" : needed.replaceAll("_", "-").replace("=", ": "),
    what: `${String(method)} ${path}`,
  };
}
