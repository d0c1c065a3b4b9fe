import { fieldsOf, inner, type Message, signedOf, textOf, viewOf } from "./protobuf.ts";
import { scalarOfTensor } from "./tensor.ts";

/** One value of an event: a scalar, or the kind of thing that it is instead. */
export interface EventValue {
  tag: string;
  scalar?: number;
  /** What it is, when it is no scalar: `a histogram`. */
  is?: string;
}

/** What is read of an event; the values of one step. */
export interface TrainingEvent {
  wallTime: number;
  step: number;
  /** In the first event of a file: `brain.Event:2`. */
  version?: string;
  values: EventValue[];
}

const kinds = new Map([
  [3, "an image"],
  [4, "an image"],
  [5, "a histogram"],
  [6, "a sound"],
]);

/**
 * Reads one event.
 * @param plugins the plugin of each tag so far: writers may name it with a tag's first value only
 * @throws UserError `message-damaged`
 */
export function readEvent(message: Message, plugins: Map<string, string>): TrainingEvent {
  const event: TrainingEvent = { wallTime: 0, step: 0, values: [] };
  for (const field of fieldsOf(message)) {
    if (field.id === 1 && field.wire === 1) event.wallTime = viewOf(message, field).getFloat64(0, true);
    else if (field.id === 2 && field.wire === 0) event.step = signedOf(message, field);
    else if (field.id === 3 && field.wire === 2) event.version = textOf(message, field);
    else if (field.id === 5 && field.wire === 2) {
      const summary = inner(message, field);
      for (const value of fieldsOf(summary)) {
        if (value.id === 1 && value.wire === 2) event.values.push(valueIn(inner(summary, value), plugins));
      }
    }
  }
  return event;
}

function valueIn(message: Message, plugins: Map<string, string>): EventValue {
  let tag = "";
  let simple: number | undefined;
  let tensor: Message | undefined;
  let is: string | undefined;
  let plugin: string | undefined;
  for (const field of fieldsOf(message)) {
    if (field.id === 1 && field.wire === 2) tag = textOf(message, field);
    else if (field.id === 2 && field.wire === 5) simple = viewOf(message, field).getFloat32(0, true);
    else if (field.id === 8 && field.wire === 2) tensor = inner(message, field);
    else if (field.id === 9 && field.wire === 2) plugin = pluginOf(inner(message, field));
    else is ??= kinds.get(field.id);
  }
  if (plugin !== undefined) plugins.set(tag, plugin);
  if (simple !== undefined) return { tag, scalar: simple };
  if (tensor === undefined) return { tag, is: is ?? "nothing that is known" };
  const known = plugins.get(tag);
  if (known !== "scalars") return { tag, is: known === undefined ? "a tensor" : `of the plugin ${known}` };
  return { tag, ...scalarOfTensor(tensor) };
}

function pluginOf(metadata: Message): string | undefined {
  for (const field of fieldsOf(metadata)) {
    if (field.id !== 1 || field.wire !== 2) continue;
    const data = inner(metadata, field);
    for (const part of fieldsOf(data)) if (part.id === 1 && part.wire === 2) return textOf(data, part);
  }
  return undefined;
}
