import { jsonSchema, type KindName, kinds } from "@metricgate/core/documents/kinds";
import { UserError } from "@metricgate/core/errors/user-error";
import { closest } from "@metricgate/core/inputs/closest";
import { policySchema } from "@metricgate/core/policy/json-schema";
import type { Command } from "../command.ts";

const names = [...Object.keys(kinds), "policy"];

/** `metricgate schema KIND`. */
export const schemaCommand: Command = {
  words: "KIND",
  summary: `prints the JSON Schema of a kind of document, or of the policy file: ${names.join(", ")}`,
  async run(argv, terminal) {
    const [kind] = argv;
    if (kind === undefined || !names.includes(kind)) {
      const near = kind === undefined ? undefined : closest(kind, names);
      throw new UserError(
        "kind-unknown",
        kind === undefined ? "a kind of document is wanted" : `there is no kind of document \`${kind}\``,
        near === undefined ? `The kinds are: ${names.join(", ")}.` : `Did you mean \`${near}\`?`,
      );
    }
    terminal.out(
      `${JSON.stringify(kind === "policy" ? policySchema() : jsonSchema(kind as KindName), undefined, 2)}\n`,
    );
    return 0;
  },
};
