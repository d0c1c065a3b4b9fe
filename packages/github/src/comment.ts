import { createHash } from "node:crypto";
import { artifactName, readArtifactName } from "@metricgate/core/documents/artifact-name";
import type { Client } from "./client.ts";
import { type Author, commentAuthor } from "./comment-author.ts";
import { allowedText, type CommentState, type Earlier, earlierThan, readState, stateLine } from "./comment-state.ts";
import { failureOf } from "./patience.ts";
import { pullRequest } from "./pull-request.ts";
import { ownerAndName } from "./repository.ts";
import { writeOnce } from "./write-once.ts";

/** A comment to be written on pull request `number`. */
export interface CommentRequest {
  repo: string;
  number: number;
  /** The exact first line, from `markerOf`. */
  marker: string;
  /** The commit that was judged. */
  head: string;
  run: { id: number; attempt: number };
  /** What was judged in a few words, shown later as what an earlier push got. */
  text: string;
  /** Renders the rest; `undefined` when nothing is to be written. `exists` says that there is a comment to be brought up to date. */
  body: (earlier: Earlier[], exists: boolean) => string | undefined;
}

export interface CommentOutcome {
  /** `newer`: a later run has already written its answer, or the pull request has a newer head, so this one stayed silent. */
  outcome: "created" | "updated" | "unchanged" | "newer" | "skipped";
  url?: string;
}

interface Found {
  id: number;
  url: string;
  body: string;
}

/** The first line that a comment is known by: the SHA-256 of the workflow's path and the comment key, so that it holds only hex. */
export function markerOf(workflowPath: string, key: string): string {
  const hash = createHash("sha256").update(`${workflowPath}\n${key}`).digest("hex");
  return `<!-- metricgate:v1 key=${hash} -->`;
}

/**
 * Writes the one comment of a workflow: creates it, brings it up to date, or leaves it. It is found by its exact first
 * line and its author. What differs only in run or attempt is not written again, and neither an older run nor an older head ever
 * overwrites a newer one. Of runs that create theirs at the same moment the first comment stays, and the others take theirs back.
 * @throws what octokit throws; `explainFailure` puts it in words
 */
export async function upsertComment(client: Client, o: CommentRequest): Promise<CommentOutcome> {
  const author = commentAuthor(client);
  for (let rounds = 1; ; rounds++) {
    const written = await writeComment(client, o, author);
    if (written.outcome !== "created" || rounds === mostRounds) return written;
    if (await standsFirst(client, o, author)) return written;
  }
}

const mostRounds = 4;

async function writeComment(client: Client, o: CommentRequest, author: Author): Promise<CommentOutcome> {
  const [existing] = await findComments(client, o, author, 1);
  const before = existing && readState(linesOf(existing.body)[1]);
  const url = existing && { url: existing.url };
  if (before && isNewer(before, o.run)) return { outcome: "newer", ...url };
  const earlier = earlierThan(before, o.head);
  const rendered = o.body(earlier, existing !== undefined);
  if (rendered === undefined) return { outcome: "skipped", ...url };
  const state: CommentState = {
    head: o.head,
    run: o.run.id,
    attempt: o.run.attempt,
    text: allowedText(o.text),
    earlier,
  };
  const body = `${o.marker}\n${stateLine(state)}\n${rendered}`;
  if (existing === undefined) return { outcome: "created", url: await create(client, o, author, body) };
  if (sameAnswer(existing.body, body)) return { outcome: "unchanged", url: existing.url };
  // Looked at last: the run of a newer head may have been asleep until now, but its head has not.
  if ((await pullRequest(client, o.repo, o.number)).headSha !== o.head) return { outcome: "newer", url: existing.url };
  await update(client, o, existing.id, body);
  return { outcome: "updated", url: existing.url };
}

async function create(client: Client, o: CommentRequest, author: Author, body: string): Promise<string> {
  const { owner, repo } = ownerAndName(o.repo);
  return writeOnce({
    write: async () => {
      const made = await client.api.rest.issues.createComment({ owner, repo, issue_number: o.number, body });
      return made.data.html_url;
    },
    look: async () => (await findComments(client, o, author, 1))[0]?.url,
    sleep: client.sleep,
  });
}

async function update(client: Client, o: CommentRequest, id: number, body: string): Promise<void> {
  const { owner, repo } = ownerAndName(o.repo);
  const rest = client.api.rest.issues;
  await writeOnce({
    write: async () => (await rest.updateComment({ owner, repo, comment_id: id, body })).data.id,
    look: async () => {
      const now = await rest.getComment({ owner, repo, comment_id: id });
      return sameAnswer(now.data.body ?? "", body) ? id : undefined;
    },
    sleep: client.sleep,
  });
}

/** Whether the first comment of ours is this run's; when it is another's, those that this run made are taken back. */
async function standsFirst(client: Client, o: CommentRequest, author: Author): Promise<boolean> {
  const { owner, repo } = ownerAndName(o.repo);
  const isMine = ({ body }: Found) => {
    const state = readState(linesOf(body)[1]);
    return state?.run === o.run.id && state.attempt === o.run.attempt;
  };
  const [first, ...others] = await findComments(client, o, author, Number.POSITIVE_INFINITY);
  for (const { id } of others.filter(isMine)) {
    await writeOnce({
      write: async () => {
        try {
          await client.api.rest.issues.deleteComment({ owner, repo, comment_id: id });
        } catch (error) {
          // Gone already: the answer to an earlier try was lost.
          if (failureOf(error).status !== 404) throw error;
        }
        return true;
      },
      look: async () => undefined,
      sleep: client.sleep,
    });
  }
  return first !== undefined && isMine(first);
}

/** Goes through the pages, oldest first, and stops when it has as many comments of ours as are wanted. */
async function findComments(client: Client, o: CommentRequest, author: Author, wanted: number): Promise<Found[]> {
  const { owner, repo } = ownerAndName(o.repo);
  const found: Found[] = [];
  const pages = client.api.paginate.iterator(client.api.rest.issues.listComments, {
    owner,
    repo,
    issue_number: o.number,
    per_page: 100,
  });
  for await (const page of pages) {
    for (const comment of page.data) {
      const body = comment.body ?? "";
      if (linesOf(body)[0] !== o.marker || !comment.user) continue;
      if (!(await author.wrote({ login: comment.user.login, type: comment.user.type }))) continue;
      found.push({ id: comment.id, url: comment.html_url, body });
      if (found.length >= wanted) return found;
    }
  }
  return found;
}

function isNewer(before: CommentState, run: { id: number; attempt: number }): boolean {
  return before.run > run.id || (before.run === run.id && before.attempt > run.attempt);
}

/** Equal but for the run, the attempt and the addresses that hold their ids: a re-run that found the same says the same. */
function sameAnswer(one: string, other: string): boolean {
  return withoutRun(one) === withoutRun(other);
}

function withoutRun(body: string): string {
  const lines = linesOf(body);
  const state = readState(lines[1]);
  const text = lines
    .slice(2)
    .join("\n")
    .replace(/\/actions\/runs\/\d+(\/artifacts\/\d+)?/g, "/actions/runs/0")
    .replace(/(?<=`)[^`\s]+(?=`)/g, withoutAttempt)
    .trimEnd();
  if (state === undefined) return [...lines.slice(0, 2), text].join("\n").trimEnd();
  return [lines[0], stateLine({ ...state, run: 0, attempt: 0 }), text].join("\n").trimEnd();
}

/** The name of a verdict's artifact as if no attempt had made it; every other word as it is. */
function withoutAttempt(word: string): string {
  const verdict = readArtifactName("verdict", word);
  return verdict === undefined ? word : artifactName("verdict", verdict.model, 0);
}

function linesOf(body: string): string[] {
  return body.split(/\r?\n/);
}
