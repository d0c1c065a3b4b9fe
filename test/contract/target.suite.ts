import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Digest } from "@metricgate/core/documents/digest";
import type { Manifest } from "@metricgate/core/documents/manifest";
import { failureOf } from "@metricgate/core/errors/failure";
import { buildManifest } from "@metricgate/core/manifest/model-digest";
import type { Target } from "@metricgate/core/ports/target";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listModelFiles } from "../../packages/targets/src/list-model-files.ts";

/** A place that models are promoted to, and what a test may do to it behind the target's back. */
export interface TargetPlace {
  /** The target of a model as a job opens it; every call is another job. */
  open(model: string): Target;
  /** The digest that a rollback would go back to; absent for a target that keeps no history of its own. */
  previous?(model: string): Promise<Digest | undefined>;
  /** Changes one byte of a staged file, as somebody with write access could. */
  tamper(model: string, digest: Digest, path: string): Promise<void>;
  stop(): Promise<void>;
}

const hash = (text: string): Digest => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const nowhere = hash("nothing has this digest");
const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => "no error",
    (thrown) => failureOf(thrown).problems[0]?.code,
  );

/** What every target promises. `make` opens a new, empty place. */
export function describeTarget(name: string, make: () => Promise<TargetPlace>): void {
  describe(`the ${name} target`, () => {
    let place: TargetPlace;
    let base = "";
    beforeEach(async () => {
      base = await realpath(await mkdtemp(join(tmpdir(), "models-")));
      place = await make();
    });
    afterEach(async () => {
      await place.stop();
      await rm(base, { recursive: true, force: true });
    });

    /** A folder with a model's files and their manifest. */
    async function model(files: Record<string, string>, of = "m"): Promise<{ manifest: Manifest; from: string }> {
      const from = await mkdtemp(join(base, "model-"));
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(from, path)), { recursive: true });
        await writeFile(join(from, path), text);
      }
      return { manifest: buildManifest(of, await listModelFiles(from), hash), from };
    }
    async function live(files: Record<string, string>): Promise<Digest> {
      const { manifest, from } = await model(files);
      await place.open("m").stage(manifest, from);
      await place.open("m").activate(manifest.digest);
      return manifest.digest;
    }

    test("is named, and its place holds no credentials", () => {
      expect(place.open("m").type).toBe(name);
      expect(place.open("m").to).not.toMatch(/\/\/[^/]*@/);
    });

    test("nothing is live and nothing is staged at first", async () => {
      expect(await place.open("m").current()).toBeUndefined();
      expect(await place.open("m").staged(nowhere)).toBeUndefined();
      expect(await place.previous?.("m")).toBeUndefined();
    });

    test("what is staged is not live, and every job sees the same manifest of it", async () => {
      const { manifest, from } = await model({ "weights.bin": "one", "tokenizer/vocab ä.txt": "a b\n", empty: "" });
      await place.open("m").stage(manifest, from);
      expect(await place.open("m").current()).toBeUndefined();
      expect(await place.open("m").staged(manifest.digest)).toEqual(manifest);
      expect(place.open("m").location(manifest.digest)).toContain(manifest.digest.slice("sha256:".length));
    });

    test("what is activated is live for every job, and its files can be gone from where they came", async () => {
      const { manifest, from } = await model({ "weights.bin": "one" });
      await place.open("m").stage(manifest, from);
      await rm(from, { recursive: true });
      await place.open("m").activate(manifest.digest);
      expect(await place.open("m").current()).toBe(manifest.digest);
      expect(await place.open("m").staged(manifest.digest)).toEqual(manifest);
    });

    test("staging and activating again changes nothing", async () => {
      const { manifest, from } = await model({ "weights.bin": "one" });
      for (let times = 0; times < 3; times++) {
        await place.open("m").stage(manifest, from);
        await place.open("m").activate(manifest.digest);
      }
      expect(await place.open("m").current()).toBe(manifest.digest);
      expect(await place.previous?.("m")).toBeUndefined();
    });

    test("two jobs that stage the same bytes at once both succeed", async () => {
      const { manifest, from } = await model({ "weights.bin": "one", b: "2" });
      await Promise.all([1, 2, 3, 4].map(() => place.open("m").stage(manifest, from)));
      expect(await place.open("m").staged(manifest.digest)).toEqual(manifest);
    });

    test("two jobs that activate at once leave exactly one of the two live", async () => {
      const one = await model({ w: "1" });
      const two = await model({ w: "2" });
      for (const { manifest, from } of [one, two]) await place.open("m").stage(manifest, from);
      const digests = [one.manifest.digest, two.manifest.digest];
      await Promise.all(digests.map((digest) => place.open("m").activate(digest)));
      expect(digests).toContain(await place.open("m").current());
    });

    test("the next version takes its place, the one before stays staged and can be gone back to", async () => {
      const one = await live({ w: "1" });
      const two = await live({ w: "2" });
      expect(await place.open("m").current()).toBe(two);
      if (place.previous !== undefined) expect(await place.previous("m")).toBe(one);
      await place.open("m").activate(one);
      expect(await place.open("m").current()).toBe(one);
      expect((await place.open("m").staged(two))?.digest).toBe(two);
    });

    test("what is not staged cannot be activated, and what was live stays live", async () => {
      expect(await codeOf(place.open("m").activate(nowhere))).toBe("not-staged");
      expect(await place.open("m").current()).toBeUndefined();
      const one = await live({ w: "1" });
      expect(await codeOf(place.open("m").activate(nowhere))).toBe("not-staged");
      expect(await place.open("m").current()).toBe(one);
    });

    test("deactivate makes nothing live, keeps what is staged, and may be repeated", async () => {
      await place.open("m").deactivate();
      const one = await live({ w: "1" });
      await place.open("m").deactivate();
      await place.open("m").deactivate();
      expect(await place.open("m").current()).toBeUndefined();
      expect((await place.open("m").staged(one))?.digest).toBe(one);
      await place.open("m").activate(one);
      expect(await place.open("m").current()).toBe(one);
    });

    test("files that are not those of the manifest are refused, and nothing is staged", async () => {
      const { manifest, from } = await model({ "weights.bin": "one", other: "2" });
      await writeFile(join(from, "weights.bin"), "two");
      expect(await codeOf(place.open("m").stage(manifest, from))).toBe("digest-mismatch");
      expect(await place.open("m").staged(manifest.digest)).toBeUndefined();
    });

    test("a file of the manifest that is not there is refused, and nothing is staged", async () => {
      const { manifest, from } = await model({ "weights.bin": "one", other: "2" });
      await rm(join(from, "other"));
      expect(await codeOf(place.open("m").stage(manifest, from))).not.toBe("no error");
      expect(await place.open("m").staged(manifest.digest)).toBeUndefined();
    });

    test.each<[string, (manifest: Manifest) => Manifest, string]>([
      ["a digest that its files do not make", (one) => ({ ...one, digest: nowhere }), "digest-mismatch"],
      ["no files", (one) => ({ ...one, files: [] }), "digest-mismatch"],
      ["another model", (one) => ({ ...one, model: "other" }), "other-model"],
      [
        "a path that leads out",
        (one) => ({ ...one, files: one.files.map((file) => ({ ...file, path: "../weights.bin" })) }),
        "unsafe-path",
      ],
    ])("a manifest with %s is refused", async (_, change, code) => {
      const { manifest, from } = await model({ "weights.bin": "one" });
      expect(await codeOf(place.open("m").stage(change(manifest), from))).toBe(code);
      expect(await place.open("m").staged(manifest.digest)).toBeUndefined();
    });

    test("one changed byte where it lies is never reported as live or staged, nor activated; deploying again mends it", async () => {
      const one = await live({ w: "1" });
      const { manifest, from } = await model({ "weights.bin": "two" });
      await place.open("m").stage(manifest, from);
      await place.tamper("m", manifest.digest, "weights.bin");
      expect(await codeOf(place.open("m").staged(manifest.digest))).toBe("digest-mismatch");
      expect(await codeOf(place.open("m").activate(manifest.digest))).toBe("digest-mismatch");
      expect(await place.open("m").current()).toBe(one);
      await place.open("m").stage(manifest, from);
      await place.open("m").activate(manifest.digest);
      expect(await place.open("m").current()).toBe(manifest.digest);
      await place.tamper("m", manifest.digest, "weights.bin");
      expect(await codeOf(place.open("m").current())).toBe("digest-mismatch");
    });

    test("models do not see each other", async () => {
      const mine = await live({ w: "1" });
      const theirs = await model({ w: "1" }, "other");
      expect(theirs.manifest.digest).toBe(mine);
      expect(await place.open("other").current()).toBeUndefined();
      expect(await place.open("other").staged(mine)).toBeUndefined();
      await place.open("other").stage(theirs.manifest, theirs.from);
      await place.open("other").deactivate();
      expect(await place.open("m").current()).toBe(mine);
    });
  });
}
