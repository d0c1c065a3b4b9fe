import { z } from "zod";
import type { InputKind } from "./fields.ts";

/** One input, as documentation and the command line need it. */
export interface InputDescription {
  name: string;
  description: string;
  kind: InputKind;
  required: boolean;
  /** The default as text, if there is one. */
  initial?: string;
}

/** Every input of a schema, in the order in which it is written. */
export function describeInputs(schema: z.ZodObject): InputDescription[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const meta = z.globalRegistry.get(field as z.ZodType) ?? {};
    const initial = "initial" in meta && typeof meta.initial === "string" ? { initial: meta.initial } : {};
    const kind: InputKind = meta.kind === "lines" || meta.kind === "flag" ? meta.kind : "text";
    return {
      name,
      description: meta.description ?? "",
      kind,
      required: !(field as z.ZodType).safeParse(undefined).success,
      ...initial,
    };
  });
}
