import { halfFloat } from "../numpy/half-float.ts";
import { type Field, fieldsOf, inner, type Message, signedOf, viewOf } from "./protobuf.ts";

/** How a type of tensor stores a number: in its contents, and in the field of values of its own. */
interface Storage {
  size: number;
  read(view: DataView, at: number): number;
  field: number;
}

const types = new Map<number, Storage>([
  [1, { size: 4, read: (view, at) => view.getFloat32(at, true), field: 5 }],
  [2, { size: 8, read: (view, at) => view.getFloat64(at, true), field: 6 }],
  [19, { size: 2, read: (view, at) => halfFloat(view.getUint16(at, true)), field: 13 }],
  [14, { size: 2, read: (view, at) => brainFloat(view.getUint16(at, true)), field: 13 }],
]);

/** The number of a tensor of one element (float, double, half or bfloat16), or what it is instead. @throws UserError `message-damaged` */
export function scalarOfTensor(message: Message): { scalar: number } | { is: string } {
  let type = 0;
  let elements = 1;
  let content: Field | undefined;
  const values: Field[] = [];
  for (const field of fieldsOf(message)) {
    if (field.id === 1 && field.wire === 0) type = signedOf(message, field);
    else if (field.id === 2 && field.wire === 2) elements = elementsOf(inner(message, field));
    else if (field.id === 4 && field.wire === 2) content = field;
    else if (values.length < 2) values.push(field);
  }
  const storage = types.get(type);
  if (storage === undefined) return { is: `a tensor of type ${type}` };
  if (elements !== 1) return { is: "a tensor of many numbers" };
  if (content !== undefined && content.end - content.start === storage.size)
    return { scalar: storage.read(viewOf(message, content), 0) };
  const stored = values.find((field) => field.id === storage.field);
  const scalar = stored === undefined ? undefined : storedScalar(message, stored, storage);
  return scalar === undefined ? { is: "a tensor without a number" } : { scalar };
}

/** One number of a repeated field, packed or not; 16-bit floats stand as varints of their bits. */
function storedScalar(message: Message, field: Field, storage: Storage): number | undefined {
  if (storage.size > 2) {
    if (field.end - field.start !== storage.size) return undefined;
    return storage.read(viewOf(message, field), 0);
  }
  if (field.end === field.start || (field.wire !== 0 && field.wire !== 2)) return undefined;
  const bits = new DataView(new ArrayBuffer(2));
  bits.setUint16(0, signedOf(message, field) & 0xffff, true);
  return storage.read(bits, 0);
}

function elementsOf(shape: Message): number {
  let elements = 1;
  for (const field of fieldsOf(shape)) {
    if (field.id !== 2 || field.wire !== 2) continue;
    const dimension = inner(shape, field);
    let size = 0;
    for (const part of fieldsOf(dimension)) if (part.id === 1 && part.wire === 0) size = signedOf(dimension, part);
    elements *= size;
  }
  return elements;
}

/** A bfloat16: the upper half of a float. */
function brainFloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
}
