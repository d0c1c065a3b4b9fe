/** What an earlier push of the pull request got. */
export interface Earlier {
  head: string;
  text: string;
}

/** What a comment judged, kept in its second line: ids, and text of allowed characters only. */
export interface CommentState {
  head: string;
  run: number;
  attempt: number;
  text: string;
  /** Oldest first, at most five. */
  earlier: Earlier[];
}

const prefix = "<!-- metricgate:state ";
const suffix = " -->";
const kept = 5;

/** Keeps the letters, digits and signs that can neither end the HTML comment nor mean anything in Markdown. */
export function allowedText(text: string): string {
  return text
    .replace(/[^A-Za-z0-9 .,:;%+=()/\u2212-]/g, "")
    .replace(/-{2,}/g, "-")
    .slice(0, 160);
}

/** The second line of a comment. */
export function stateLine(state: CommentState): string {
  return `${prefix}${JSON.stringify(state)}${suffix}`;
}

/** Reads the second line back; anything that we could not have written is no state. */
export function readState(line: string | undefined): CommentState | undefined {
  if (line === undefined || !line.startsWith(prefix) || !line.endsWith(suffix)) return undefined;
  let given: unknown;
  try {
    given = JSON.parse(line.slice(prefix.length, -suffix.length));
  } catch {
    return undefined;
  }
  const entry = earlierOf(given);
  if (entry === undefined || typeof given !== "object" || given === null) return undefined;
  const run = "run" in given ? given.run : undefined;
  const attempt = "attempt" in given ? given.attempt : undefined;
  if (!isCount(run) || !isCount(attempt)) return undefined;
  const list = "earlier" in given && Array.isArray(given.earlier) ? given.earlier : [];
  const earlier = list.map(earlierOf).filter((e): e is Earlier => e !== undefined);
  return { ...entry, run, attempt, earlier: earlier.slice(-kept) };
}

/** What had been judged before `head`, for the next comment: the comment's own state joins its list. */
export function earlierThan(state: CommentState | undefined, head: string): Earlier[] {
  if (state === undefined) return [];
  const all = [...state.earlier, { head: state.head, text: state.text }];
  return all.filter((e) => e.head !== head).slice(-kept);
}

function earlierOf(value: unknown): Earlier | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const head = "head" in value ? value.head : undefined;
  const text = "text" in value ? value.text : undefined;
  if (typeof head !== "string" || !/^[0-9a-f]{40,64}$/.test(head) || typeof text !== "string") return undefined;
  return { head, text: allowedText(text) };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
