import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const checkout = resolve(import.meta.dirname, "../../..");

/**
 * What `uses: OWNER/metricgate@v1` downloads of this checkout, reusable workflows too, in a folder of its own: act copies a mapped folder whole
 * for every step, with everything that git ignores.
 */
export function releasedFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "metricgate-"));
  for (const path of ["action.yml", "actions", "packages/bundle/dist", ".github/workflows"]) {
    cpSync(join(checkout, path), join(folder, path), {
      recursive: true,
      filter: (source) => !/\/(node_modules|src)$/.test(source),
    });
  }
  return folder;
}
