import { describe, expect, it } from "vitest";
import { type Answer, type Sent, scripted } from "../test/scripted-fetch.ts";
import { type CommentRequest, markerOf, upsertComment } from "./comment.ts";
import { stateLine } from "./comment-state.ts";

interface Stored {
  id: number;
  body: string;
  html_url: string;
  user: { login: string; type: string };
}

const marker = markerOf(".github/workflows/gate.yml", "");
const [headA, headB] = ["a".repeat(40), "b".repeat(40)];
const bot = { login: "github-actions[bot]", type: "Bot" };
const stateOf = (run: number, head = headA, attempt = 1) =>
  stateLine({ head, run, attempt, text: "fail", earlier: [] });

function stored(id: number, body: string, user = bot): Stored {
  return { id, body, html_url: `https://github.test/c/${id}`, user };
}

const pullAt = (head = () => headA) => ({
  number: 7,
  state: "open",
  user: { login: "octocat" },
  head: { sha: head(), repo: { full_name: "octo/ml" } },
  base: { ref: "main", sha: headB },
});

/** The comments of one pull request, with faults for the n-th write. */
function pullRequest(
  comments: Stored[],
  o: {
    token?: string;
    viewer?: string;
    head?: () => string;
    fault?: (write: number, commit: () => void) => Answer | undefined;
  } = {},
) {
  let writes = 0;
  const answer = ({ method, path, query, body }: Sent): Answer => {
    if (path === "/user") return { status: 200, json: { login: o.viewer } };
    if (path === "/graphql") return { status: 200, json: { data: { viewer: { login: o.viewer } } } };
    if (path === "/repos/octo/ml/pulls/7") return { status: 200, json: pullAt(o.head) };
    const one = comments.find((c) => path.endsWith(`/issues/comments/${c.id}`));
    if (method === "GET" && one) return { status: 200, json: one };
    if (method === "GET") {
      const page = Number(query.get("page") ?? 1);
      const part = comments.slice((page - 1) * 100, page * 100);
      const next = `<https://api.github.test${path}?per_page=100&page=${page + 1}>; rel="next"`;
      return { status: 200, json: part, headers: page * 100 < comments.length ? { link: next } : {} };
    }
    let made = one;
    const commit = () => {
      if (one && method === "DELETE") {
        comments.splice(comments.indexOf(one), 1);
        return;
      }
      if (one) {
        one.body = String(body.body);
        return;
      }
      const user = o.viewer ? { login: o.viewer, type: "User" } : bot;
      made = stored(comments.length + 1, String(body.body), user);
      comments.push(made);
    };
    writes++;
    const fault = o.fault?.(writes, commit);
    if (fault !== undefined) return fault;
    commit();
    return { status: method === "DELETE" ? 204 : one ? 200 : 201, json: made };
  };
  return { ...scripted(answer, o.token === undefined ? {} : { token: o.token }), comments };
}

const request = (more: Partial<CommentRequest> = {}): CommentRequest => ({
  repo: "octo/ml",
  number: 7,
  marker,
  head: headA,
  run: { id: 10, attempt: 1 },
  text: "fail",
  body: () => "Worse than main.",
  ...more,
});

describe("finding the comment", () => {
  const noise = (count: number) => Array.from({ length: count }, (_, i) => stored(1000 + i, "hello"));

  it("looks on every page and stops where it is found", async () => {
    const github = pullRequest([...noise(230), stored(5, `${marker}\n${stateOf(1)}\nold`), ...noise(200)]);
    expect((await upsertComment(github.client, request())).outcome).toBe("updated");
    expect(github.sent.filter((s) => s.path.endsWith("/issues/7/comments"))).toHaveLength(3);
    expect(github.writes().map((s) => s.path)).toEqual(["/repos/octo/ml/issues/comments/5"]);
  });

  it.each([
    ["another person planted the marker", stored(5, `${marker}\nplanted`, { login: "mallory", type: "User" })],
    ["the marker is not the first line", stored(5, `hi\n${marker}\nquoted`)],
    ["the marker is only part of the first line", stored(5, `> ${marker}\nquoted`)],
    ["it is of another workflow", stored(5, `${markerOf("other.yml", "")}\nx`)],
  ])("makes a new one when %s", async (_, other) => {
    const before = other.body;
    const github = pullRequest([other]);
    expect((await upsertComment(github.client, request())).outcome).toBe("created");
    expect(other.body).toBe(before);
    // A person's comment cannot be a bot's, so nobody is asked who we are.
    expect(github.sent.map((one) => one.path)).not.toContain("/graphql");
    expect(github.comments).toHaveLength(2);
  });

  it("takes a GitHub App's own comment for ours after asking once who we are", async () => {
    const app = { login: "our-app[bot]", type: "Bot" };
    const github = pullRequest([stored(5, `${marker}\n${stateOf(1)}\nold`, app)], { viewer: "our-app[bot]" });
    expect((await upsertComment(github.client, request())).outcome).toBe("updated");
    expect(github.sent.filter((s) => s.path === "/graphql")).toHaveLength(1);
  });

  it("leaves another app's comment alone", async () => {
    const app = { login: "their-app[bot]", type: "Bot" };
    const github = pullRequest([stored(5, `${marker}\nx`, app)], { viewer: "github-actions[bot]" });
    expect((await upsertComment(github.client, request())).outcome).toBe("created");
  });

  it("asks for the login of a person's token", async () => {
    const asha = { login: "asha", type: "User" };
    const github = pullRequest([stored(5, `${marker}\n${stateOf(1)}\nold`, asha)], { token: "ghp_x", viewer: "asha" });
    expect((await upsertComment(github.client, request())).outcome).toBe("updated");
  });

  it("costs three requests when there was none, and three when it is brought up to date", async () => {
    const github = pullRequest(noise(99));
    await upsertComment(github.client, request());
    expect(github.sent.map((s) => s.method)).toEqual(["GET", "POST", "GET"]);
    await upsertComment(github.client, request({ run: { id: 11, attempt: 1 }, body: () => "Better." }));
    expect(github.sent.slice(3).map((s) => s.method)).toEqual(["GET", "GET", "PATCH"]);
  });
});

describe("writing the comment", () => {
  it("does not write what differs only in run and attempt", async () => {
    const github = pullRequest([]);
    await upsertComment(github.client, request());
    const again = await upsertComment(github.client, request({ run: { id: 11, attempt: 2 } }));
    expect(again).toEqual({ outcome: "unchanged", url: "https://github.test/c/1" });
    expect(github.writes()).toHaveLength(1);
  });

  it.each([
    ["a later run", { id: 20, attempt: 1 }],
    ["a later attempt", { id: 10, attempt: 2 }],
  ])("never overwrites the answer of %s", async (_, run) => {
    const github = pullRequest([stored(5, `${marker}\n${stateOf(run.id, headB, run.attempt)}\nnewer`)]);
    expect((await upsertComment(github.client, request())).outcome).toBe("newer");
    expect(github.writes()).toEqual([]);
  });

  it("leaves the comment alone when the pull request has a newer head, whoever ends first", async () => {
    const github = pullRequest([stored(5, `${marker}\n${stateOf(1)}\nold`)], { head: () => headB });
    const late = await upsertComment(github.client, request({ run: { id: 30, attempt: 1 } }));
    expect(late.outcome).toBe("newer");
    expect(github.writes()).toEqual([]);
  });

  it.each([
    ["the newer run", 9, "Worse than main.", ["POST", "DELETE", "PATCH"]],
    ["the older run", 11, "of the other run", ["POST", "DELETE"]],
  ])("%s that sees another comment made a moment before its own takes its own back", async (_, other, body, writes) => {
    const comments: Stored[] = [];
    const github = pullRequest(comments, {
      fault: (write, commit) => {
        if (write > 1) return undefined;
        comments.push(stored(100, `${marker}\n${stateOf(other)}\nof the other run`));
        commit();
        return { status: 201, json: comments.at(-1) };
      },
    });
    await upsertComment(github.client, request());
    expect(github.writes().map(({ method }) => method)).toEqual(writes);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain(body);
  });

  it("shows what earlier pushes got, and keeps them for the next", async () => {
    let head = headA;
    const github = pullRequest([], { head: () => head });
    await upsertComment(github.client, request({ text: "fail: recall −0.125" }));
    const shown: unknown[] = [];
    const body: CommentRequest["body"] = (earlier) => {
      shown.push(earlier);
      return "Better.";
    };
    head = headB;
    await upsertComment(github.client, request({ head, run: { id: 11, attempt: 1 }, text: "pass", body }));
    head = "c".repeat(40);
    await upsertComment(github.client, request({ head, run: { id: 12, attempt: 1 }, body }));
    expect(shown).toEqual([
      [{ head: headA, text: "fail: recall −0.125" }],
      [
        { head: headA, text: "fail: recall −0.125" },
        { head: headB, text: "pass" },
      ],
    ]);
  });

  it("holds nothing in its state that could end the HTML comment", async () => {
    const github = pullRequest([]);
    await upsertComment(github.client, request({ text: "--> <img src=x> @octo `x` --" }));
    const line = github.comments[0]?.body.split("\n")[1] ?? "";
    expect(line.slice(4, -3)).not.toMatch(/--|[<>`@]/);
    expect(line).toMatch(/^<!-- metricgate:state .* -->$/);
  });

  it("writes nothing when there is nothing to say", async () => {
    const github = pullRequest([]);
    expect((await upsertComment(github.client, request({ body: () => undefined }))).outcome).toBe("skipped");
    expect(github.writes()).toEqual([]);
  });
});

describe("when the answer to a write is lost", () => {
  it.each<[string, Answer]>([
    ["the connection breaks", "reset"],
    ["GitHub says 502", { status: 502 }],
  ])("exactly one comment exists: it was made, then %s", async (_, fault) => {
    const fail = (write: number, commit: () => void) => {
      if (write > 1) return undefined;
      commit();
      return fault;
    };
    const github = pullRequest([], { fault: fail });
    expect((await upsertComment(github.client, request())).outcome).toBe("created");
    expect(github.comments).toHaveLength(1);
    expect(github.writes()).toHaveLength(1);
  });

  it("a comment that was not made is made by the next try", async () => {
    const github = pullRequest([], { fault: (write) => (write <= 2 ? { status: 500 } : undefined) });
    expect((await upsertComment(github.client, request())).outcome).toBe("created");
    expect(github.comments).toHaveLength(1);
  });

  it("an update that arrived is not sent twice", async () => {
    const fail = (write: number, commit: () => void): Answer | undefined => {
      commit();
      return write === 1 ? "reset" : undefined;
    };
    const github = pullRequest([stored(5, `${marker}\n${stateOf(1)}\nold`)], { fault: fail });
    expect((await upsertComment(github.client, request())).outcome).toBe("updated");
    expect(github.writes()).toHaveLength(1);
  });

  it("gives up after three tries with GitHub's own error", async () => {
    const github = pullRequest([], { fault: () => ({ status: 503 }) });
    await expect(upsertComment(github.client, request())).rejects.toMatchObject({ status: 503 });
    expect(github.writes()).toHaveLength(3);
  });
});

it("the key in the marker is hex, whatever the workflow is called", () => {
  expect(markerOf('a "--> b', "k -->")).toMatch(/^<!-- metricgate:v1 key=[0-9a-f]{64} -->$/);
});
