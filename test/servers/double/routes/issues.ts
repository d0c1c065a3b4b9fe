import { page } from "../page.ts";
import { issueComment, repositoryPage, user } from "../render.ts";
import {
  type Call,
  created,
  invalid,
  listOf,
  noContent,
  notFound,
  ok,
  type Reply,
  type Route,
  textOf,
  type World,
} from "../route.ts";
import { type Issue, type IssueComment, takeId } from "../state.ts";

const issues = "/repos/:owner/:repo/issues";
const read = [{ issues: "read" }, { pull_requests: "read" }] as const;
const write = [{ issues: "write" }, { pull_requests: "write" }] as const;
const bodyLimit = 65_536;

/** Issues and the comments of issues and pull requests. */
export const issueRoutes: Route[] = [
  { method: "GET", path: issues, needs: [{ issues: "read" }], handle: listIssues },
  { method: "POST", path: issues, needs: [{ issues: "write" }], handle: createIssue },
  { method: "GET", path: `${issues}/comments/:id`, needs: read, handle: getComment },
  { method: "PATCH", path: `${issues}/comments/:id`, needs: write, handle: updateComment },
  { method: "DELETE", path: `${issues}/comments/:id`, needs: write, handle: deleteComment },
  { method: "PATCH", path: `${issues}/:number`, needs: [{ issues: "write" }], handle: updateIssue },
  { method: "GET", path: `${issues}/:number/comments`, needs: read, handle: listComments },
  { method: "POST", path: `${issues}/:number/comments`, needs: write, handle: createComment },
];

function listComments(call: Call, world: World): Reply {
  const number = Number(call.params.number);
  if (!exists(world, number)) return notFound();
  const fits = world.state.comments.filter((comment) => comment.issue === number);
  return page(fits, call, world, (items) => items.map((comment) => issueComment(world, comment)));
}

function createComment(call: Call, world: World): Reply {
  const number = Number(call.params.number);
  if (!exists(world, number)) return notFound();
  const refused = refusedBody(call);
  if (refused !== undefined) return refused;
  const at = world.now().toISOString();
  const comment: IssueComment = {
    id: takeId(world.state),
    issue: number,
    body: textOf(call.json, "body"),
    author: call.token.login,
    fromApp: call.token.kind === "installation",
    createdAt: at,
    updatedAt: at,
  };
  world.state.comments.push(comment);
  return created(issueComment(world, comment));
}

function getComment(call: Call, world: World): Reply {
  const comment = findComment(call, world);
  return comment === undefined ? notFound() : ok(issueComment(world, comment));
}

function updateComment(call: Call, world: World): Reply {
  const comment = findComment(call, world);
  if (comment === undefined) return notFound();
  const refused = refusedBody(call);
  if (refused !== undefined) return refused;
  comment.body = textOf(call.json, "body");
  comment.updatedAt = world.now().toISOString();
  return ok(issueComment(world, comment));
}

function deleteComment(call: Call, world: World): Reply {
  const comment = findComment(call, world);
  if (comment === undefined) return notFound();
  world.state.comments = world.state.comments.filter((one) => one.id !== comment.id);
  return noContent();
}

function listIssues(call: Call, world: World): Reply {
  const state = call.query.get("state") ?? "open";
  const labels = (call.query.get("labels") ?? "").split(",").filter((label) => label !== "");
  const fits = world.state.issues.filter(
    (issue) => (state === "all" || issue.state === state) && labels.every((label) => issue.labels.includes(label)),
  );
  return page(fits.toReversed(), call, world, (items) => items.map((issue) => issueObject(world, issue)));
}

function createIssue(call: Call, world: World): Reply {
  const title = textOf(call.json, "title");
  if (title === "") return invalid("Validation Failed", { resource: "Issue", field: "title", code: "missing_field" });
  const taken = [...world.state.issues, ...world.state.pulls].map((one) => one.number);
  const issue: Issue = {
    number: Math.max(0, ...taken) + 1,
    title,
    body: textOf(call.json, "body"),
    state: "open",
    labels: listOf(call.json.labels).map(String),
    author: call.token.login,
  };
  world.state.issues.push(issue);
  return created(issueObject(world, issue));
}

function updateIssue(call: Call, world: World): Reply {
  const issue = world.state.issues.find((one) => String(one.number) === call.params.number);
  if (issue === undefined) return notFound();
  issue.title = textOf(call.json, "title", issue.title);
  issue.body = textOf(call.json, "body", issue.body);
  issue.state = call.json.state === "closed" ? "closed" : call.json.state === "open" ? "open" : issue.state;
  return ok(issueObject(world, issue));
}

function issueObject(world: World, issue: Issue): Record<string, unknown> {
  const { number, title, body, state } = issue;
  const html_url = `${repositoryPage(world)}/issues/${number}`;
  return {
    id: number * 13,
    number,
    title,
    body,
    state,
    html_url,
    labels: issue.labels.map((name) => ({ name })),
    user: user(issue.author),
  };
}

function refusedBody(call: Call): Reply | undefined {
  const body = textOf(call.json, "body");
  if (body === "")
    return invalid("Validation Failed", { resource: "IssueComment", field: "data", code: "unprocessable" });
  return [...body].length > bodyLimit
    ? invalid("Validation Failed: Body is too long (maximum is 65536 characters)")
    : undefined;
}

function findComment(call: Call, world: World): IssueComment | undefined {
  return world.state.comments.find((comment) => String(comment.id) === call.params.id);
}

function exists(world: World, number: number): boolean {
  return [...world.state.pulls, ...world.state.issues].some((one) => one.number === number);
}
