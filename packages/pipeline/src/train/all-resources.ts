import type { Resources } from "@metricgate/core/documents/training";

/** What several runs used together: times add up, the peak of memory is the largest. @throws RangeError without a run */
export function allResources([first, ...others]: readonly Resources[]): Resources {
  if (first === undefined) throw new RangeError("no run used anything");
  return others.reduce((all, one): Resources => {
    const cpu =
      all.cpuSeconds === undefined || one.cpuSeconds === undefined ? undefined : all.cpuSeconds + one.cpuSeconds;
    const peaks = [all.peakMemoryBytes, one.peakMemoryBytes].filter((peak) => peak !== undefined);
    return {
      startedAt: all.startedAt,
      wallSeconds: all.wallSeconds + one.wallSeconds,
      ...(cpu === undefined ? {} : { cpuSeconds: cpu }),
      ...(peaks.length === 0 ? {} : { peakMemoryBytes: Math.max(...peaks) }),
    };
  }, first);
}
