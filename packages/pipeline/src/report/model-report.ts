import type { ModelReport } from "@metricgate/report/view";
import { chainFiles } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import { readSide } from "../gate/read-side.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Reads a verdict and what lies beside it: the evaluations and rows that it was made of, as far as they are at hand. */
export async function modelReport(
  path: string,
  ports: { workspace: Workspace; hashing: Hashing },
): Promise<ModelReport> {
  const { document } = await readDocument(ports.workspace, "verdict", path, ports.hashing);
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  const side = async (evaluation: string, rows: string, digest: string | undefined) => {
    const file = `${folder}/${evaluation}`;
    if (digest === undefined || !(await ports.workspace.exists(file))) return undefined;
    const read = await readSide(file, `${folder}/${rows}`, ports);
    return read.received.digest === digest ? read : undefined;
  };
  const candidate = await side(chainFiles.evaluation, chainFiles.rows, document.candidate.evaluation);
  const baseline = await side(chainFiles.baseline, chainFiles.baselineRows, document.baseline?.evaluation);
  return {
    model: document.model,
    verdict: document,
    ...(candidate === undefined ? {} : { candidate: candidate.received.document }),
    ...(candidate?.rows === undefined ? {} : { candidateRows: candidate.rows }),
    ...(baseline === undefined ? {} : { baseline: baseline.received.document }),
    ...(baseline?.rows === undefined ? {} : { baselineRows: baseline.rows }),
  };
}
