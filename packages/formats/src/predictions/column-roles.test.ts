import { readFileSync } from "node:fs";
import { taskName } from "@metricgate/core/documents/evaluation";
import { expect, it } from "vitest";
import { roles, usualNames } from "./column-roles.ts";

it("every usual name of a column stands in docs/formats.md, in the row of its role", () => {
  const page = readFileSync(new URL("../../../../docs/formats.md", import.meta.url), "utf8");
  const lines = page.slice(page.indexOf("## Prediction tables")).split("\n");
  const missing = roles.flatMap((role) => {
    const row = lines.find((line) => line.startsWith("| `") && line.split("|")[1]?.includes(`\`${role}\``)) ?? "";
    const names = new Set([undefined, ...taskName.options].flatMap((task) => [...usualNames(role, task)]));
    return [...names].filter((name) => !row.includes(`\`${name}\``)).map((name) => `${role}: ${name}`);
  });
  expect(missing).toEqual([]);
});
