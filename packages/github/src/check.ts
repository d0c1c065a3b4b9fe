import type { Client } from "./client.ts";
import { ownerAndName } from "./repository.ts";
import { writeOnce } from "./write-once.ts";

/** A remark at a line of a file, shown in the diff. */
export interface CheckAnnotation {
  path: string;
  line: number;
  level: "notice" | "warning" | "failure";
  message: string;
  title?: string;
}

export interface CheckRequest {
  repo: string;
  headSha: string;
  name: string;
  /** Ours, unique for the workflow and model on this commit; the same one is never made twice. */
  externalId: string;
  conclusion: "success" | "neutral" | "failure" | "action_required";
  title: string;
  /** At most 65,535 characters; what is beyond is cut at the end of a line. */
  summary: string;
  detailsUrl?: string;
  annotations?: readonly CheckAnnotation[];
}

export interface CheckOutcome {
  outcome: "created" | "unchanged" | "completed";
  url?: string;
}

interface Existing {
  id: number;
  url?: string;
  annotations: number;
}

const batch = 50;
const longest = 65_535;

/**
 * Makes a completed check run with its annotations, 50 in a request. One that says the same is found by its external id
 * and left; one whose annotations broke off is completed.
 */
export async function upsertCheck(client: Client, o: CheckRequest): Promise<CheckOutcome> {
  const found = await findCheck(client, o);
  const annotations = o.annotations ?? [];
  if (found && found.annotations >= annotations.length) return { outcome: "unchanged", ...urlOf(found) };
  const made =
    found ??
    (await writeOnce({ write: () => create(client, o), look: () => findCheck(client, o), sleep: client.sleep }));
  await append(client, o, made);
  return { outcome: found ? "completed" : "created", ...urlOf(made) };
}

async function create(client: Client, o: CheckRequest): Promise<Existing> {
  const first = (o.annotations ?? []).slice(0, batch);
  const { data } = await client.api.rest.checks.create({
    ...ownerAndName(o.repo),
    name: o.name,
    head_sha: o.headSha,
    external_id: o.externalId,
    status: "completed",
    conclusion: o.conclusion,
    ...(o.detailsUrl === undefined ? {} : { details_url: o.detailsUrl }),
    output: { title: o.title, summary: clip(o.summary), annotations: first.map(annotationOf) },
  });
  return { id: data.id, ...(data.html_url === null ? {} : { url: data.html_url }), annotations: first.length };
}

/** Annotations are appended by GitHub, so each request says only what is not there yet. */
async function append(client: Client, o: CheckRequest, made: Existing): Promise<void> {
  const annotations = o.annotations ?? [];
  for (let done = made.annotations; done < annotations.length; ) {
    const next = annotations.slice(done, done + batch);
    const target = done + next.length;
    done = await writeOnce({
      write: async () => {
        await client.api.rest.checks.update({
          ...ownerAndName(o.repo),
          check_run_id: made.id,
          output: { title: o.title, summary: clip(o.summary), annotations: next.map(annotationOf) },
        });
        return target;
      },
      look: async () => {
        const now = await client.api.rest.checks.get({ ...ownerAndName(o.repo), check_run_id: made.id });
        return now.data.output.annotations_count >= target ? target : undefined;
      },
      sleep: client.sleep,
    });
  }
}

/** The newest of ours that says the same. */
async function findCheck(client: Client, o: CheckRequest): Promise<Existing | undefined> {
  const { data } = await client.api.rest.checks.listForRef({
    ...ownerAndName(o.repo),
    ref: o.headSha,
    check_name: o.name,
    filter: "latest",
    per_page: 100,
  });
  const same = data.check_runs.find(
    (run) =>
      run.external_id === o.externalId &&
      run.conclusion === o.conclusion &&
      run.output.title === o.title &&
      run.output.summary === clip(o.summary),
  );
  if (same === undefined) return undefined;
  return {
    id: same.id,
    ...(same.html_url === null ? {} : { url: same.html_url }),
    annotations: same.output.annotations_count,
  };
}

function annotationOf(a: CheckAnnotation) {
  return {
    path: a.path,
    start_line: a.line,
    end_line: a.line,
    annotation_level: a.level,
    message: a.message.slice(0, 4096),
    ...(a.title === undefined ? {} : { title: a.title.slice(0, 255) }),
  };
}

function clip(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 40);
  return `${cut.slice(0, Math.max(cut.lastIndexOf("\n"), 0))}\n\nThe rest was too long to show here.`;
}

function urlOf(found: { url?: string }): { url?: string } {
  return found.url === undefined ? {} : { url: found.url };
}
