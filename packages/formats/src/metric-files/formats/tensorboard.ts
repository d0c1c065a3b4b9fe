import type { Note } from "@metricgate/core/documents/fields";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import { crc32c, masked } from "../../tensorboard/crc32c.ts";
import { type EventFile, joinScalars, readScalars } from "../../tensorboard/scalars.ts";
import type { FoundFile, MetricFile, MetricFormat } from "../metric-format.ts";
import { measured } from "../number-text.ts";

const eventFile = /(^|[\\/])[^\\/]*tfevents[^\\/]*$/;

/** The scalars of TensorBoard event files, of one writer or of a run that was started again. */
export const tensorboardFormat: MetricFormat = {
  name: "tensorboard",
  proof: "tool",
  title: "TensorBoard event files (TensorFlow, Keras, PyTorch, Lightning, tensorboardX, CatBoost)",
  usual: ["**/events.out.tfevents.*"],
  example: {
    path: "runs/fraud/events.out.tfevents.1763733600.runner.1.0",
    base64:
      "GAAAAAAAAACjf0siCQAAABgcSNpBGg1icmFpbi5FdmVudDoylaSEyBoAAAAAAAAAEpvYLQkAAAAYHEjaQRABKg0KCwoEbG9zcxUAAEA/62tqfBoAAAAAAAAAEpvYLQkAAAAYHEjaQRACKg0KCwoEbG9zcxUAAAA/pEOLNg==",
  },
  takes:
    "Every scalar (also those of the tensor API) under its tag, with the value of its last step; all steps as a curve. Event files of one folder that the patterns match are joined by step, and of two with the same tag the later stands from its first step on. Checksums are held; a last record that is cut is left out with a note. Images, histograms and texts are named and left out.",
  detect(head) {
    if (head.text !== undefined || head.bytes.length < 12) return undefined;
    const view = new DataView(head.bytes.buffer, head.bytes.byteOffset, 12);
    const framed = view.getUint32(8, true) === masked(crc32c(head.bytes, 0, 8));
    const start = Buffer.from(head.bytes.subarray(12, 64)).toString("latin1");
    if (framed && start.includes("brain.Event:")) return "sure";
    return eventFile.test(head.path) ? "likely" : undefined;
  },
  read,
};

async function read(file: MetricFile): Promise<FoundFile> {
  const others = (await file.together()).filter((source) => eventFile.test(source.name) && source.size > 0);
  const files: EventFile[] = [];
  for (const source of [file.source, ...others]) files.push(await readScalars(source));
  const joined = joinScalars(files);
  const metrics = [...joined].map(([name, points]) => ({
    at: 0,
    metric: { name, ...measured(points.at(-1)?.[1] ?? Number.NaN) },
  }));
  const ignored = new Map(files.flatMap((each) => [...each.others]));
  return {
    metrics,
    ignored: [...ignored].filter(([name]) => !joined.has(name)).map(([name, is]) => ({ name, is })),
    curves: [...joined].map(([name, points]) => ({ name, x: "step", points })),
    notes: notesOf(file.source, files),
    joined: others.map((source) => source.name),
  };
}

function notesOf(source: ByteSource, files: readonly EventFile[]): Note[] {
  const notes = files.flatMap(({ name, cutAt }): Note[] =>
    cutAt === undefined
      ? []
      : [
          {
            code: "record-cut",
            text: `The last record of ${name}, at byte ${cutAt}, is not whole, so it was left out: its run was killed or still writes.`,
          },
        ],
  );
  if (files.length > 1) {
    const names = files.map(({ name }) => name).join(", ");
    notes.push({ code: "files-joined", text: `${source.name} was read as one run with its folder: ${names}.` });
  }
  return notes;
}
