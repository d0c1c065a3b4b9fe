import type { Resources } from "@metricgate/core/documents/training";
import type { Clock } from "./clock.ts";
import type { ProcessGroup } from "./process-group.ts";
import { residentMemory, waitedChildrenCpu } from "./process-table.ts";

/** Measures one command. `ended` is called when its first process was waited for and before what it left behind is killed; `stop` ends the sampling. */
export interface ResourceMeter {
  ended(): void;
  stop(): Resources;
}

/** Milliseconds between samples: short commands are seen, long ones not disturbed. */
const firstInterval = 20;
const longestInterval = 500;

/**
 * Starts to measure a process group. Wall time is exact. On Linux CPU time is the kernel's own account of the children that were waited for,
 * plus one reading of those that the command left behind (exact to 1/100 s while no other child of this process ends meanwhile), and
 * peak memory is sampled from /proc (at least twice a second): the largest sum of resident sizes (a page that two processes share counts twice), and never less than the
 * largest single process. On other systems both are absent rather than guessed.
 */
export function resourceMeter(group: ProcessGroup, clock: Clock): ResourceMeter {
  const startedAt = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  const start = clock.elapsed();
  const waitedBefore = waitedChildrenCpu();
  let cpuSeconds: number | undefined;
  let peak = 0;
  const sample = (): void => {
    let sum = 0;
    for (const { pid } of group.members() ?? []) {
      const memory = residentMemory(pid);
      if (memory === undefined) continue;
      sum += memory.now;
      peak = Math.max(peak, memory.peak);
    }
    peak = Math.max(peak, sum);
  };
  let interval = firstInterval;
  let cancel = (): void => {};
  const again = (): void => {
    sample();
    interval = Math.min(interval * 1.2, longestInterval);
    cancel = clock.after(interval, again);
  };
  if (waitedBefore !== undefined) cancel = clock.after(interval, again);
  return {
    ended() {
      const waited = waitedChildrenCpu();
      if (waited === undefined || waitedBefore === undefined) return;
      const left = (group.members() ?? []).reduce((sum, entry) => sum + entry.cpuSeconds, 0);
      cpuSeconds = Math.round((waited - waitedBefore + left) * 100) / 100;
    },
    stop() {
      cancel();
      return {
        startedAt,
        wallSeconds: Math.round(clock.elapsed() - start) / 1000,
        ...(cpuSeconds === undefined ? {} : { cpuSeconds }),
        ...(peak > 0 ? { peakMemoryBytes: peak } : {}),
      };
    },
  };
}
