import type { Metric } from "@metricgate/core/documents/evaluation";
import { problemText } from "@metricgate/core/errors/problem-text";
import { UserError } from "@metricgate/core/errors/user-error";
import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import { readMetricFile } from "../evaluate/read-metric-file.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { onlyPattern, runPattern } from "./run-pattern.ts";

const passed = [".git", "node_modules", ".metricgate", ".venv", "venv", ".dvc", ".github"].map(
  (name) => `!**/${name}/**`,
);
/** Files that are looked into; a repository with more has its metrics named by hand. */
const mostFiles = 500;

/** A file that the metrics will be read from, and the pattern that names it in a policy. */
export interface FoundMetricFile {
  path: string;
  pattern: string;
  format: string;
  metrics: Metric[];
}

/** Words of a path that name measurements of before, which no run writes anew. */
const frozen = /(?:^|[^a-z])(?:baselines?|base|old|prev|previous|reference|golden|expected|main|backup|bak)(?![a-z])/i;
/** Formats that a file may be found as under the usual name of another: `metrics.json` with lists is a history. */
const plainNames = new Set(["json", "table"]);

/**
 * The metric files of a repository: those at the usual paths of a format that are of that format by their content, or at those of plain ones. Of files
 * with a metric in common the first is taken, where those that are named as a baseline come last, and higher numbers in a path first (version_10 before version_9).
 */
export async function findMetricFiles(workspace: Workspace, messages: Messages): Promise<FoundMetricFile[]> {
  const usual = new Map<string, Set<string>>();
  for (const { name, usual: patterns } of metricFormats) {
    if (patterns.length === 0) continue;
    for (const path of await workspace.find([...patterns, ...passed, "!**/package*.json"])) {
      const names = usual.get(path) ?? new Set();
      usual.set(path, names.add(name));
    }
  }
  const found: FoundMetricFile[] = [];
  const taken = new Map<string, string>();
  const paths = [...usual.keys()].sort((a, b) => Number(frozen.test(a)) - Number(frozen.test(b)) || higherFirst(a, b));
  if (paths.length > mostFiles)
    messages.warn(`Of ${paths.length} files that may hold metrics, ${mostFiles} were looked into`);
  for (const path of paths.slice(0, mostFiles)) {
    const read = await attempt(path, workspace, messages);
    const names = usual.get(path) ?? new Set();
    if (read === undefined || (!names.has(read.format) && ![...names].some((name) => plainNames.has(name)))) continue;
    const twin = read.metrics.map(placeOf).find((place) => taken.has(place));
    if (twin !== undefined) {
      messages.info(`${path} (${read.format}) was passed over: its metrics stand in ${taken.get(twin) ?? ""} too`);
      continue;
    }
    for (const metric of read.metrics) taken.set(placeOf(metric), path);
    const pattern = await patternOf(path, workspace, messages);
    found.push({ path, pattern, format: read.format, metrics: read.metrics });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A pattern that finds the file of the next run, unless it finds several now. */
async function patternOf(path: string, workspace: Workspace, messages: Messages): Promise<string> {
  const only = onlyPattern(path);
  const open = runPattern(path);
  if (open === only) return only;
  const { length } = await workspace.find([open]);
  if (length === 1) return open;
  messages.warn(
    `${open} matches ${length} files, so the policy names ${path} alone: name the file that your workflow writes`,
  );
  return only;
}

async function attempt(path: string, workspace: Workspace, messages: Messages) {
  try {
    return await readMetricFile(path, { workspace });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const problem of error.problems.slice(0, 1)) messages.warn(`${path} was left out: ${problemText(problem)}`);
    return undefined;
  }
}

function placeOf({ name, slice }: Metric): string {
  return JSON.stringify([name, Object.entries(slice ?? {}).sort()]);
}

/** Orders paths by their texts and numbers, higher numbers first. */
function higherFirst(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.split(/(\d+)/));
  for (let at = 0; at < Math.min(left?.length ?? 0, right?.length ?? 0); at++) {
    const [x = "", y = ""] = [left?.[at], right?.[at]];
    if (x === y) continue;
    if (at % 2 === 1 && Number(x) !== Number(y)) return Number(y) - Number(x);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
