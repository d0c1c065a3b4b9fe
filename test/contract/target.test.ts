import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directoryTarget } from "../../packages/targets/src/directory/directory-target.ts";
import { describeTarget } from "./target.suite.ts";

describeTarget("directory", async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), "target-")));
  const open = (model: string) => directoryTarget({ root, model });
  return {
    open,
    previous: (model) => open(model).previous(),
    tamper: (model, digest, path) => writeFile(join(open(model).location(digest), path), "tampered"),
    stop: () => rm(root, { recursive: true, force: true }),
  };
});
