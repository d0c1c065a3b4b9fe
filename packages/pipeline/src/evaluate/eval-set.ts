import { canonical } from "@metricgate/core/documents/canonical";
import type { Evaluation } from "@metricgate/core/documents/evaluation";
import { UserError } from "@metricgate/core/errors/user-error";
import type { RowTable } from "@metricgate/core/tables/row-table";
import { writeLabels } from "@metricgate/formats/rows/label-bytes";
import { hashFile } from "@metricgate/targets/hash-file";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";
import { digestWritten } from "./digest-written.ts";

type EvalSet = NonNullable<Evaluation["evalSet"]>;

/**
 * The identity of the data measured on: of the named files (order and folders do not count, names and bytes do),
 * else by what the tool says of them (`told`), else of the id and label columns, else none.
 */
export async function evalSetOf(
  patterns: readonly string[] | undefined,
  id: string | undefined,
  rows: RowTable | undefined,
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
  told: { id?: string; text?: string } = {},
): Promise<EvalSet | undefined> {
  const name = id ?? told.id;
  const named = name === undefined ? {} : { id: name };
  const counted = rows === undefined ? {} : { rows: rows.count };
  if (patterns !== undefined && patterns.length > 0) {
    const paths = await workspace.find(patterns);
    if (paths.length === 0) {
      throw new UserError(
        "no-files-match",
        `no file matches eval-set ${patterns.join(", ")}`,
        "Check the pattern; paths start at `working-directory`.",
        { file: patterns[0] ?? "" },
      );
    }
    const files = await Promise.all(
      paths.map(async (path) => {
        const { size, sha256 } = await hashFile(await workspace.resolve(path));
        return { path: path.slice(path.lastIndexOf("/") + 1), size, sha256 };
      }),
    );
    files.sort((a, b) => (a.path === b.path ? (a.sha256 < b.sha256 ? -1 : 1) : a.path < b.path ? -1 : 1));
    return { ...named, digest: hashing.text(canonical(files)), ...counted };
  }
  if (told.text !== undefined) return { ...named, digest: hashing.text(told.text), ...counted };
  if (rows !== undefined)
    return { ...named, digest: digestWritten(hashing, (writer) => writeLabels(writer, rows)), of: "rows", ...counted };
  return name === undefined ? undefined : { ...named, ...counted };
}
