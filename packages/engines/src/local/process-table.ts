import { readdirSync, readFileSync } from "node:fs";

/** One process as Linux shows it in /proc. `cpuSeconds` is its own time in user and system mode, without that of its children. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  cpuSeconds: number;
}

/** The kernel counts in ticks of 1/100 s on every architecture that Node runs on (USER_HZ). */
const ticksPerSecond = 100;

/** The fields of a stat line behind the name, which may itself hold spaces and brackets. Index 0 is the state. */
function statFields(pid: number | "self"): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ");
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}

/** The processes that are alive (zombies are not), or nothing where there is no /proc in Linux's form. */
export function processTable(): ProcessEntry[] | undefined {
  if (process.platform !== "linux") return undefined;
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const fields = statFields(pid);
    if (fields === undefined || fields[0] === "Z" || fields[0] === "X") continue;
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    entries.push({ pid, parent: Number(fields[1]), group: Number(fields[2]), cpuSeconds });
  }
  return entries;
}

/** CPU seconds of all children that this process has waited for, with those that they had waited for: exact, by the kernel. Linux only. */
export function waitedChildrenCpu(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const fields = statFields("self");
  return fields === undefined ? undefined : (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

/** Resident memory of a process in bytes, now and at its highest; absent when it has ended. Linux only. */
export function residentMemory(pid: number): { now: number; peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = (field: string): number =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
    return { now: kibibytes("VmRSS") * 1024, peak: kibibytes("VmHWM") * 1024 };
  } catch {
    return undefined;
  }
}

/** Whether a process was started with this `NAME=value` in its environment; false when it has ended or belongs to another user. Linux only. */
export function startedWith(pid: number, assignment: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`.includes(`\0${assignment}\0`);
  } catch {
    return false;
  }
}
