import type { Received } from "@metricgate/core/documents/kinds";
import type { Selection } from "@metricgate/core/documents/selection";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import { decide } from "@metricgate/core/gates/decide";
import type { Side } from "@metricgate/core/gates/decide-input";
import { chainFiles, chainFolder, earlierFile, earlierRows } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import { writeDocument } from "../chain/write-document.ts";
import { policyFor } from "../policy/model-policy.ts";
import type { GatePorts, GateRequest } from "./gate-ports.ts";
import { keepVerdict } from "./keep-verdict.ts";
import { readSide } from "./read-side.ts";
import { type Selected, select } from "./select.ts";

export interface GateResult {
  model: string;
  verdict: Received<"verdict">;
  mode: "judge" | "inform";
  candidate: Side;
  baseline?: Side;
  files: string[];
}

/** Finds the baseline and the policy, writes the selection, decides, and writes the verdict. */
export async function gate(request: GateRequest, ports: GatePorts): Promise<GateResult> {
  const { workspace, hashing } = ports;
  const selected: Selected = request.from === undefined ? await select(request, ports) : { folder: request.from };
  const { folder } = selected;
  const at = (name: string) => `${folder.replace(/\/$/, "")}/${name}`;
  const selection = await readDocument(workspace, "selection", at(chainFiles.selection), hashing);
  const candidate = await readSide(at(chainFiles.evaluation), at(chainFiles.rows), ports, selected.candidate);
  const baseline =
    selection.document.baseline === undefined
      ? undefined
      : await readSide(at(chainFiles.baseline), at(chainFiles.baselineRows), ports, selected.baseline);
  const policy = await selectedPolicy(selection.document, at(chainFiles.policy), ports);
  const earlier = await Promise.all(
    (selection.document.earlier ?? []).map(({ attempt }) =>
      readSide(at(earlierFile(attempt)), at(earlierRows(attempt)), ports),
    ),
  );
  const anchor =
    selection.document.anchor === undefined
      ? undefined
      : await readSide(at(chainFiles.anchor), at(chainFiles.anchorRows), ports);
  checkSide(selection.document.baseline, baseline, at(chainFiles.baseline));
  checkSide(selection.document.anchor, anchor, at(chainFiles.anchor));
  const document: Verdict = decide({
    candidate,
    selection,
    ...(baseline === undefined ? {} : { baseline }),
    ...(anchor === undefined ? {} : { anchor }),
    ...(policy === undefined ? {} : { policy }),
    earlier,
  });
  const out = `${request.from === undefined ? chainFolder(document.model) : folder.replace(/\/$/, "")}/${chainFiles.verdict}`;
  const digest = await writeDocument(workspace, out, document, hashing);
  if (request.from === undefined) await keepVerdict(document, candidate.received.document, ports);
  return {
    model: document.model,
    verdict: { document, digest },
    mode: selection.document.mode ?? "judge",
    candidate,
    ...(baseline === undefined ? {} : { baseline }),
    files: [out],
  };
}

function checkSide(chosen: Selection["baseline"], side: Side | undefined, path: string): void {
  if (side === undefined || chosen?.evaluation === side.received.digest) return;
  throw new UserError(
    "baseline-differs",
    `${path} is ${side.received.digest}, and the selection names ${chosen?.evaluation}`,
    "Keep the documents of one run together.",
    { file: path },
  );
}

/** The policy that was selected, held against its digest. @throws UserError `policy-differs` */
async function selectedPolicy(selection: Selection, path: string, { workspace, hashing }: GatePorts) {
  const text = (await workspace.exists(path)) ? new TextDecoder().decode(await workspace.read(path)) : undefined;
  const digest = text === undefined ? undefined : hashing.text(text);
  if (digest !== selection.policy.digest) {
    throw new UserError(
      "policy-differs",
      `${path} is ${digest ?? "not there"}, and the selection names ${selection.policy.digest ?? "no policy"}`,
      "Keep the documents of one run together, as `gate` wrote them.",
      { file: path },
    );
  }
  if (text === undefined) return undefined;
  return (await policyFor(text, selection.policy.path ?? chainFiles.policy, selection.model)).policy;
}
