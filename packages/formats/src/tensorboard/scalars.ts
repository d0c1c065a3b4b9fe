import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { readEvent } from "./events.ts";
import { recordsOf } from "./records.ts";

/** The scalars of one event file. */
export interface EventFile {
  name: string;
  /** Seconds since 1970 of its first event. */
  startedAt: number;
  /** By tag: points of step and value in the order of steps; of two with one step the later stands. */
  scalars: Map<string, [number, number][]>;
  /** Tags that hold something else, and what. */
  others: Map<string, string>;
  /** The offset of a last record that is not whole. */
  cutAt?: number;
}

/** Reads the scalars of an event file. @throws UserError `record-damaged`, `message-damaged` */
export async function readScalars(source: ByteSource): Promise<EventFile> {
  const scalars = new Map<string, [number, number][]>();
  const others = new Map<string, string>();
  const plugins = new Map<string, string>();
  let startedAt: number | undefined;
  const records = recordsOf(source);
  for (;;) {
    const next = await records.next();
    if (next.done === true) {
      for (const [tag, points] of scalars) scalars.set(tag, inSteps(points));
      return { name: source.name, startedAt: startedAt ?? 0, scalars, others, ...next.value };
    }
    const { at, bytes } = next.value;
    if (bytes === undefined) continue;
    const base = at + 12;
    const event = readEvent({ bytes, start: 0, end: bytes.length, base, file: source.name }, plugins);
    startedAt ??= event.wallTime;
    for (const { tag, scalar, is } of event.values) {
      if (scalar === undefined) {
        others.set(tag, is ?? "nothing that is known");
        continue;
      }
      const points = scalars.get(tag);
      if (points === undefined) scalars.set(tag, [[event.step, scalar]]);
      else points.push([event.step, scalar]);
    }
  }
}

function inSteps(points: [number, number][]): [number, number][] {
  const sorted = points.every(([step], i) => i === 0 || step > (points[i - 1]?.[0] ?? 0));
  return sorted ? points : [...new Map(points).entries()].sort(([a], [b]) => a - b);
}

/**
 * The scalars of the event files of one run, joined by step: of two files with one tag the later one stands from its first step on,
 * because a run that starts again from a checkpoint steps back.
 */
export function joinScalars(files: readonly EventFile[]): Map<string, [number, number][]> {
  const joined = new Map<string, [number, number][]>();
  const inTime = [...files].sort((a, b) => a.startedAt - b.startedAt || (a.name < b.name ? -1 : 1));
  for (const { scalars } of inTime) {
    for (const [tag, points] of scalars) {
      const first = points[0]?.[0] ?? 0;
      const before = (joined.get(tag) ?? []).filter(([step]) => step < first);
      joined.set(tag, [...before, ...points]);
    }
  }
  return joined;
}
