/** What goes wrong on one route. */
export interface Fault {
  /** `POST /repos/octo/ml/issues/:n/comments`: `:n` or `*` is one segment, `**` the rest; the query is not looked at. */
  route: string;
  /** How many requests it strikes; 1 when left out. */
  times?: number;
  /** Requests of that route to let through before. */
  after?: number;
  /** Answered in place of the handler's reply. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  delayMs?: number;
  /** `reset-before` cuts the connection with nothing done, `commit-then-reset` after the work was done. */
  cut?: "reset-before" | "commit-then-reset";
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The fault for this request, already counted. */
  next(method: string, path: string): Fault | undefined;
}

/** A list of faults, the first that fits strikes. */
export function faultScript(): Faults {
  let waiting: { fault: Fault; pass: number; left: number }[] = [];
  return {
    add: (fault) => waiting.push({ fault, pass: fault.after ?? 0, left: fault.times ?? 1 }),
    clear: () => {
      waiting = [];
    },
    next: (method, path) => {
      for (const entry of waiting) {
        if (entry.left === 0 || !fitsRoute(entry.fault.route, method, path)) continue;
        if (entry.pass > 0) {
          entry.pass -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault;
      }
      return undefined;
    },
  };
}

/** Whether `METHOD /path` fits a pattern with `*` and `**`. A pattern without a method fits every method. */
export function fitsRoute(pattern: string, method: string, path: string): boolean {
  const [first = "", second] = pattern.split(" ");
  const [wantedMethod, wantedPath] = second === undefined ? ["*", first] : [first, second];
  if (wantedMethod !== "*" && wantedMethod !== method) return false;
  const escaped = wantedPath.replace(/:\w+/g, "*").replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const source = escaped.replaceAll("**", "\u0000").replaceAll("*", "[^/]*").replaceAll("\u0000", ".*");
  return new RegExp(`^${source}$`).test(path);
}
