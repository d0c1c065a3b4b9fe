import { canonical, type Json } from "@metricgate/core/documents/canonical";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ModelReport } from "@metricgate/report/view";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";
import { modelReport } from "./model-report.ts";

/**
 * Reads verdicts and what lies beside them, each model once: the same verdict given twice is one.
 * @throws UserError `verdict-doubled` for two verdicts of one model that differ
 */
export async function modelReports(
  paths: readonly string[],
  ports: { workspace: Workspace; hashing: Hashing },
): Promise<ModelReport[]> {
  const all = await Promise.all(paths.map((path) => modelReport(path, ports)));
  const seen = new Map<string, { path: string; text: string }>();
  return all.filter(({ model, verdict }, at) => {
    const path = paths[at] ?? "";
    const text = canonical(verdict as Json);
    const before = seen.get(model);
    if (before === undefined) {
      seen.set(model, { path, text });
      return true;
    }
    if (before.text === text) return false;
    throw new UserError(
      "verdict-doubled",
      `${before.path} and ${path} are two verdicts of ${model} that differ`,
      "Name one verdict for each model.",
      { file: path },
    );
  });
}
