import { type ProcessEntry, processTable, startedWith } from "./process-table.ts";

/** The processes that a command started: its group, and on Linux also those that left it. */
export interface ProcessGroup {
  /** Sends a signal to all of them. */
  signal(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): void;
  /** Whether any is still alive. */
  alive(): boolean;
  /** Those that are alive, at once without those that left the group and their parent; absent where the system does not show them. */
  members(): ProcessEntry[] | undefined;
}

/** The variable by which processes are known that left the group (`setsid`, double fork). One that removes it is let go. */
export const treeVariable = "METRICGATE_TREE";

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    // ESRCH: it has ended. EPERM: it runs as another user (sudo) and is out of our reach; the runner ends it with the job.
    return false;
  }
}

function descendants(
  table: readonly ProcessEntry[],
  leader: number,
  belongs: (entry: ProcessEntry) => boolean,
): ProcessEntry[] {
  const found = new Map(
    table.filter((entry) => entry.group === leader || belongs(entry)).map((entry) => [entry.pid, entry]),
  );
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const entry of table) if (found.has(entry.parent)) found.set(entry.pid, entry);
  }
  return [...found.values()];
}

/** The group whose leader is `leader`, a process id of ours, started with `treeVariable` set to `mark`. */
export function processGroup(leader: number, mark: string): ProcessGroup {
  const assignment = `${treeVariable}=${mark}`;
  const all = (): ProcessEntry[] | undefined => {
    const table = processTable();
    return table && descendants(table, leader, ({ pid }) => startedWith(pid, assignment));
  };
  return {
    members() {
      const table = processTable();
      return table && descendants(table, leader, () => false);
    },
    signal(signal) {
      // The group first and at once: it cannot grow behind the back of a listing.
      send(-leader, signal);
      for (const { pid, group } of all() ?? []) if (group !== leader) send(pid, signal);
    },
    alive: () => (all()?.length ?? (send(-leader, 0) ? 1 : 0)) > 0,
  };
}
