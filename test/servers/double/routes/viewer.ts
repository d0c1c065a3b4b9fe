import { user } from "../render.ts";
import { type Call, ok, type Reply, type Route, textOf } from "../route.ts";

/** Who the token is: REST refuses GITHUB_TOKEN here, GraphQL answers. */
export const viewerRoutes: Route[] = [
  { method: "GET", path: "/user", handle: getUser },
  { method: "GET", path: "/rate_limit", handle: () => ok({ resources: {}, rate: {} }) },
  { method: "POST", path: "/graphql", handle: graphql },
];

function getUser(call: Call): Reply {
  if (call.token.kind === "user") return ok(user(call.token.login));
  return { status: 403, json: { message: "Resource not accessible by integration", status: "403" } };
}

/** Only `viewer { login }` is known; every other query gets an error that names the double. */
function graphql(call: Call): Reply {
  const query = textOf(call.json, "query");
  if (/\bviewer\s*\{\s*login\s*\}/.test(query)) return ok({ data: { viewer: { login: call.token.login } } });
  return ok({ errors: [{ type: "UNSUPPORTED", message: "The double answers viewer { login } only." }] });
}
