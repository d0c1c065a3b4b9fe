import { resolve } from "node:path";
import { UserError } from "@metricgate/core/errors/user-error";
import { model, textOr } from "@metricgate/core/inputs/fields";
import { buildManifest } from "@metricgate/core/manifest/model-digest";
import { documentText } from "@metricgate/pipeline/chain/write-document";
import { hashing } from "@metricgate/pipeline/workspace/hashing";
import { listModelFiles } from "@metricgate/targets/list-model-files";
import { z } from "zod";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags.ts";
import { extra } from "../local/extra-flags.ts";
import { processProgress } from "../local/terminal-progress.ts";

const flags = z.strictObject({
  model,
  json: extra.json,
  "working-directory": textOr(".", "Folder that paths start from."),
});

/** `metricgate manifest DIR`. */
export const manifestCommand: Command = {
  words: "DIR",
  flags,
  summary: "prints the digest of a model's files, or with --json the manifest",
  async run(argv, terminal) {
    const { flags: given, words } = parseFlags(flags, argv, 1);
    const [folder] = words;
    if (folder === undefined || words.length > 1)
      throw new UserError("flag-missing", "one folder is wanted", "Write `metricgate manifest DIR`.");
    const files = await listModelFiles(
      resolve(terminal.folder, given["working-directory"], folder),
      processProgress(terminal.environment),
    );
    if (files.length === 0)
      throw new UserError("model-missing", `${folder} holds no files`, "Give the folder of the model.", {
        file: folder,
      });
    const manifest = buildManifest(given.model ?? "model", files, hashing.text);
    terminal.out(given.json ? documentText(manifest) : `${manifest.digest}\n`);
    return 0;
  },
};
