import type { Received } from "@metricgate/core/documents/kinds";
import type { Selection } from "@metricgate/core/documents/selection";
import type { Verdict } from "@metricgate/core/documents/verdict";
import { UserError } from "@metricgate/core/errors/user-error";
import { decide } from "@metricgate/core/gates/decide";
import type { Side } from "@metricgate/core/gates/decide-input";
import type { BaselineStore } from "@metricgate/core/ports/baseline-store";
import type { Change } from "@metricgate/core/ports/change";
import { chainFiles, chainFolder, earlierFile } from "../chain/folder.ts";
import { readDocument } from "../chain/read-document.ts";
import { writeDocument } from "../chain/write-document.ts";
import { policyFor } from "../policy/model-policy.ts";
import type { Hashing } from "../ports/hashing.ts";
import type { Messages } from "../ports/messages.ts";
import type { Workspace } from "../ports/workspace.ts";
import { readSide } from "./read-side.ts";
import { select } from "./select.ts";

/** The inputs of the verb, as the action and the command line name them. */
export interface GateRequest {
  model?: string | undefined;
  policy: string;
  candidate?: string | undefined;
  baseline?: string | undefined;
  "max-drop"?: string | undefined;
  from?: string | undefined;
}

export interface GatePorts {
  workspace: Workspace;
  hashing: Hashing;
  messages: Messages;
  change: Change;
  /** Absent on a laptop without a store: then a baseline must be given. */
  store?: BaselineStore;
  /** The policy file at a commit; absent where there is no repository to ask. */
  policyAt?: (path: string, ref: string) => Promise<Uint8Array | undefined>;
  /** The committer date of a commit; absent where it is not known. */
  committedAt?: (sha: string) => Promise<string | undefined>;
  /** Evaluations of earlier attempts of this run, oldest first. */
  earlierAttempts?: (model: string) => Promise<{ attempt: number; evaluation: Uint8Array }[]>;
}

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
  const folder = request.from ?? (await select(request, ports));
  const at = (name: string) => `${folder.replace(/\/$/, "")}/${name}`;
  const selection = await readDocument(workspace, "selection", at(chainFiles.selection), hashing);
  const candidate = await readSide(at(chainFiles.evaluation), at(chainFiles.rows), ports);
  const baseline =
    selection.document.baseline === undefined
      ? undefined
      : await readSide(at(chainFiles.baseline), at(chainFiles.baselineRows), ports);
  const policy = (await workspace.exists(at(chainFiles.policy)))
    ? (
        await policyFor(
          new TextDecoder().decode(await workspace.read(at(chainFiles.policy))),
          selection.document.policy.path ?? chainFiles.policy,
          selection.document.model,
        )
      ).policy
    : undefined;
  const earlier = await Promise.all(
    (selection.document.earlier ?? []).map(({ attempt }) => readSide(at(earlierFile(attempt)), undefined, ports)),
  );
  checkBaseline(selection.document, baseline, at(chainFiles.baseline));
  const document: Verdict = decide({
    candidate,
    selection,
    ...(baseline === undefined ? {} : { baseline }),
    ...(policy === undefined ? {} : { policy }),
    earlier,
  });
  const out = `${request.from === undefined ? chainFolder(document.model) : folder.replace(/\/$/, "")}/${chainFiles.verdict}`;
  const digest = await writeDocument(workspace, out, document, hashing);
  return {
    model: document.model,
    verdict: { document, digest },
    mode: selection.document.mode ?? "judge",
    candidate,
    ...(baseline === undefined ? {} : { baseline }),
    files: [out],
  };
}

function checkBaseline(selection: Selection, baseline: Side | undefined, path: string): void {
  const selected = selection.baseline?.evaluation;
  if (baseline === undefined || selected === baseline.received.digest) return;
  throw new UserError(
    "baseline-differs",
    `${path} is ${baseline.received.digest}, and the selection names ${selected}`,
    "Keep the documents of one run together.",
    { file: path },
  );
}
