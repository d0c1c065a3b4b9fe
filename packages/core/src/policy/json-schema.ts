import { z } from "zod";
import { policy } from "./schema.ts";

/** The JSON Schema (draft 2020-12) of the policy file, for editors. */
export function policySchema(): object {
  return z.toJSONSchema(policy, { io: "input", unrepresentable: "any" });
}
