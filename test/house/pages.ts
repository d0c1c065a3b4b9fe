import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";

/** The root of the repository. */
export const root = resolve(import.meta.dirname, "../..");

/** A file of the repository as text. */
export function read(path: string): string {
  return readFileSync(resolve(root, path), "utf8");
}

/** The Markdown pages that people read: golden files of the report are none. */
export function pages(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\0").filter((path) => path !== "" && !/(^|\/)(golden|fixtures)\//.test(path));
}

/** A fenced block of a page, and the line that it starts on. */
export interface Block {
  page: string;
  line: number;
  text: string;
}

/** The fenced blocks of a language. */
export function blocks(page: string, language: string): Block[] {
  const text = read(page);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map((match) => ({
    page,
    line: text.slice(0, match.index).split("\n").length + 1,
    text: match[1] ?? "",
  }));
}

export type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
/** A job has steps, or calls a reusable workflow. */
export type Job = {
  permissions?: Record<string, string>;
  steps?: Step[];
  uses?: string;
  with?: Record<string, unknown>;
};
export type Workflow = { permissions?: Record<string, string>; jobs: Record<string, Job> };

/** The blocks of a page that show a workflow or the jobs of one. */
export function shownWorkflows(page: string): Block[] {
  return blocks(page, "yaml").filter(({ text }) => /^jobs:/m.test(text));
}

/** Every step of a workflow's text. */
export function stepsOf(text: string): Step[] {
  const workflow: Workflow = parse(text);
  return Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);
}
