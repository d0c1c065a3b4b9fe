import { z } from "zod";
import { marginError, marginPattern } from "./margin-text.ts";

/** A margin as written: a number >= 0, or a share such as `"2%"`. */
export const margin = z.union([z.number().nonnegative(), z.string().regex(marginPattern, marginError)]);
export type MarginText = z.infer<typeof margin>;
