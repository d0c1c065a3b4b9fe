import { expect, test } from "vitest";
import { codeOwners } from "./code-owners.ts";

const file = `# comment
*            @octo/all
/.github/    @asha # who else
*.yml        @yaml-people
docs/*       @docs
models/      @ml @octo/ml
/secret
`;

test.each([
  ["README.md", ["@octo/all"]],
  [".github/CODEOWNERS", ["@asha"]],
  [".github/metricgate.yml", ["@yaml-people"]],
  ["docs/a.md", ["@docs"]],
  ["docs/deep/a.md", ["@octo/all"]],
  ["src/models/a.py", ["@ml", "@octo/ml"]],
  ["secret/key", []],
])("%s belongs to %j", (path, owners) => {
  expect(codeOwners(file, path)).toEqual(owners);
});
