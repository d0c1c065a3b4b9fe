import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaselineFiles, BaselineFrom, BaselineLookup, BaselineStore } from "@metricgate/core/ports/baseline-store";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { gate } from "../../packages/pipeline/src/gate/gate.ts";
import { type History, makeHistory } from "./history.ts";
import { portsIn, pullRequest } from "./mapping/job.ts";

/** A place that holds baselines, and the stores that jobs open on it. */
export interface StorePlace {
  /** The store as the job of a push of `sha` opens it; every call is another job and knows nothing yet. */
  pushed(sha: string, attempt?: number, branch?: string): BaselineStore;
  /** The store as the job of a pull request opens it. */
  reading(): BaselineStore;
  /** Rows come back too; the ledger keeps documents only. */
  keepsRows: boolean;
  /** Tags a commit of the repository. */
  tag(name: string, sha: string, annotated?: boolean): void;
  /** Makes a model live in an environment; absent where nothing knows of deployments. */
  deploy?(environment: string, model: string, sha: string, modelDigest: string): Promise<void>;
  stop(): Promise<void>;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const files = (text: string): BaselineFiles => ({ evaluation: bytes(text), rows: bytes(`id\n${text}\n`) });

/** Bytes that a record could hold and no document is. */
export const hostile: Record<string, Uint8Array> = {
  "no bytes": new Uint8Array(),
  "every byte": Uint8Array.from({ length: 512 }, (_, index) => index % 256),
  "no UTF-8": Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d),
  "a broken document": bytes('{"kind":"metricgate/evaluation@1","model":{"na'),
  "a list": bytes("[]"),
  nothing: bytes("null"),
  "a lone surrogate": bytes('{"kind":"metricgate/evaluation@1","model":{"name":"\\ud800"}}'),
  "a poisoned prototype": bytes('{"__proto__":{"kind":"metricgate/evaluation@1"},"constructor":{}}'),
  "ten thousand levels": bytes("[".repeat(10_000)),
  "a later version": bytes('{"kind":"metricgate/evaluation@2","model":{"name":"fraud"}}'),
  "another document": bytes('{"kind":"metricgate/verdict@1"}'),
  "a number that is infinite": bytes('{"kind":"metricgate/evaluation@1","metrics":[{"name":"a","value":1e999}]}'),
  "line ends": bytes("a\r\nb\rc\n\n"),
};

/** What every store of baselines promises. `make` opens a new, empty place for a repository with this history. */
export function describeBaselineStore(name: string, make: (history: History) => Promise<StorePlace>): void {
  describe(`the ${name} store`, () => {
    let history: History;
    let place: StorePlace;
    beforeAll(() => {
      history = makeHistory();
    });
    afterAll(() => rm(history.folder, { recursive: true, force: true }));
    beforeEach(async () => {
      place = await make(history);
    });
    afterEach(() => place.stop());

    const record = (sha: string, text: string, model = "fraud", branch = "main", attempt = 1) =>
      place.pushed(sha, attempt).record({ model, branch, sha, files: files(text) });
    const find = (from: BaselineFrom[], base: string | undefined = history.c4, model = "fraud", branch = "main") =>
      place.reading().find({ model, branch, from, ...(base === undefined ? {} : { base }) });
    const textOf = (found: BaselineLookup) => (found.found ? new TextDecoder().decode(found.files.evaluation) : found);

    test("is named", () => {
      expect(place.reading().name).toBe(name);
    });

    test("finds the record of exactly the base, between records before and after it", async () => {
      for (const sha of [history.c2, history.c3, history.c4]) await record(sha, `of ${sha}`);
      const found = await find(["base", "ancestor", "latest"], history.c3);
      expect(found).toMatchObject({ found: true, from: "base", sha: history.c3, behind: 0 });
      expect(textOf(found)).toBe(`of ${history.c3}`);
      expect(found.tried.map((one) => one.from)).toEqual(["base"]);
      expect(found.known).toEqual(["fraud"]);
    });

    test("finds the nearest first parent, says how far behind it is, and that the base has none", async () => {
      await record(history.c1, "of c1");
      await record(history.c2, "of c2");
      const found = await find(["base", "ancestor", "latest"]);
      expect(found).toMatchObject({ found: true, from: "ancestor", sha: history.c2, behind: 2 });
      expect(textOf(found)).toBe("of c2");
      expect(found.tried.map((one) => one.from)).toEqual(["base", "ancestor"]);
    });

    test("an ancestor does not lie on the side that was merged, when main has one that is further back", async () => {
      await record(history.side, "of the side");
      await record(history.c1, "of c1");
      const found = await find(["ancestor"]);
      expect(found).toMatchObject({ from: "ancestor", sha: history.c1, behind: 3 });
      expect(textOf(found)).toBe("of c1");
    });

    test("finds the latest record of the base's history", async () => {
      await record(history.c1, "of c1");
      await record(history.c3, "of c3");
      const found = await find(["latest"]);
      expect(found).toMatchObject({ found: true, from: "latest", sha: history.c3, behind: 1 });
      expect(textOf(found)).toBe("of c3");
    });

    test.each<[BaselineFrom[], BaselineFrom]>([
      [["base", "ancestor", "latest"], "base"],
      [["ancestor", "latest", "base"], "ancestor"],
      [["latest", "base", "ancestor"], "latest"],
      [["tag:v*", "latest", "base"], "latest"],
    ])("of %j the first hit wins and is named, and nothing after it is looked at", async (from, hit) => {
      await record(history.c2, "c2");
      await record(history.c4, "c4");
      const found = await find(from);
      expect(found).toMatchObject({ found: true, from: hit, sha: history.c4, behind: 0 });
      expect(textOf(found)).toBe("c4");
      expect(found.tried.at(-1)?.from).toBe(hit);
    });

    test("finds nothing in an empty place, and tells in words what was looked at, in order", async () => {
      const found = await find(["base", "ancestor", "latest"]);
      expect(found).toMatchObject({ found: false, why: "none", known: [] });
      expect(found.tried.map((one) => one.from)).toEqual(["base", "ancestor", "latest"]);
      for (const one of found.tried) expect(one.found).toMatch(/^\S.{5,}/);
    });

    test("finds nothing without a base, and says so", async () => {
      await record(history.c4, "c4");
      const found = await place.reading().find({ model: "fraud", branch: "main", from: ["base", "latest"] });
      expect(found).toMatchObject({ found: false, why: "none" });
      for (const one of found.tried) expect(one.found).toContain("not known");
    });

    test("does not guess a place that it does not keep", async () => {
      await record(history.c4, "c4");
      const found = await find(["tag:v*", "deployed:production"]);
      expect(found).toMatchObject({ found: false, why: "none" });
      expect(found.tried.map((one) => one.from)).toEqual(["tag:v*", "deployed:production"]);
    });

    describe("the newest tag that matches", () => {
      test.each([false, true])("is found with the record of its commit, annotated: %s", async (annotated) => {
        for (const sha of [history.c1, history.c2, history.c3]) await record(sha, `of ${sha}`);
        place.tag("v1.9", history.c1, annotated);
        place.tag("v1.10", history.c2, annotated);
        place.tag("other-2", history.c3, annotated);
        const found = await find(["tag:v*", "base"]);
        expect(found).toMatchObject({ found: true, from: "tag:v*", sha: history.c2 });
        expect(textOf(found)).toBe(`of ${history.c2}`);
        expect(found.tried.at(-1)?.found).toContain("v1.10");
      });

      test("lies in the history of the base: a newer one beside it or after it does not count", async () => {
        for (const sha of [history.c2, history.outside, history.c4]) await record(sha, `of ${sha}`);
        place.tag("v1", history.c2);
        place.tag("v2", history.outside);
        place.tag("v3", history.c4);
        expect(await find(["tag:v*"], history.c3)).toMatchObject({ found: true, sha: history.c2 });
        expect(await find(["tag:v2"], history.c3)).toMatchObject({ found: false, why: "none" });
      });

      test("without a record is none, also when an older one has a record; the next place is looked at", async () => {
        await record(history.c1, "of c1");
        place.tag("v1", history.c1);
        place.tag("v2", history.c2);
        const found = await find(["tag:v*"]);
        expect(found).toMatchObject({ found: false, why: "none" });
        expect(found.tried.at(-1)?.found).toContain("v2");
        await record(history.c4, "of c4");
        expect(textOf(await find(["tag:v*", "base"]))).toBe("of c4");
      });

      test("of a candidate for a release comes before the release itself", async () => {
        for (const sha of [history.c1, history.c2]) await record(sha, `of ${sha}`);
        place.tag("v2.0", history.c1);
        place.tag("v2.0-rc1", history.c2);
        expect(await find(["tag:v2*"])).toMatchObject({ sha: history.c1 });
      });
    });

    describe("what is deployed", () => {
      const digest = `sha256:${"7".repeat(64)}`;
      const measured = (model: string) => JSON.stringify({ kind: "metricgate/evaluation@1", model: { digest: model } });

      test("is found with the record of its commit where deployments are known, and is named either way", async () => {
        await record(history.c2, measured(digest));
        await place.deploy?.("production", "fraud", history.c2, digest);
        const found = await find(["deployed:production"]);
        if (place.deploy === undefined) {
          expect(found).toMatchObject({ found: false, why: "none" });
          expect(found.tried).toEqual([{ from: "deployed:production", found: "deployments are not known here" }]);
          return;
        }
        expect(found).toMatchObject({ found: true, from: "deployed:production", sha: history.c2 });
        expect(await find(["deployed:staging"])).toMatchObject({ found: false });
        expect(await find(["deployed:production"], history.c4, "churn")).toMatchObject({ found: false });
      });

      test("is not believed when the record of its commit measured another model, and is no first run", async () => {
        await record(history.c2, measured(`sha256:${"8".repeat(64)}`));
        await place.deploy?.("production", "fraud", history.c2, digest);
        const found = await find(["deployed:production"]);
        expect(found).toMatchObject({ found: false, why: "none" });
        expect(found.known).toEqual(place.deploy === undefined ? expect.anything() : ["fraud"]);
      });
    });

    test("tells the past along first parents, oldest first, no more than asked for; or keeps no history", async () => {
      const order = [history.c1, history.c2, history.c3, history.c4];
      for (const sha of [...order, history.side, history.outside]) await record(sha, `of ${sha}`);
      await record(history.c2, "churn", "churn");
      const { history: past } = place.reading();
      if (past === undefined) {
        expect(place.reading().name).toBe("artifact");
        return;
      }
      const shas = async (window: number, base = history.c4) =>
        (await past({ model: "fraud", branch: "main", base, window })).map(({ sha }) => sha);
      expect(await shas(20)).toEqual(order);
      expect(await shas(2)).toEqual([history.c3, history.c4]);
      expect(await shas(20, history.c2)).toEqual([history.c1, history.c2]);
      const [first] = await past({ model: "fraud", branch: "main", base: history.c4, window: 20 });
      expect(new TextDecoder().decode(first?.evaluation)).toBe(`of ${history.c1}`);
      expect(await past({ model: "none", branch: "main", base: history.c4, window: 20 })).toEqual([]);
    });

    test("gives back the rows of every training run, in their order", async () => {
      const repeats = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((run) => bytes(`id\nrun ${run}\n`));
      const entry = { model: "fraud", branch: "main", sha: history.c4, files: { ...files("one"), repeats } };
      await place.pushed(history.c4).record(entry);
      const found = await find(["base"]);
      const texts = found.found ? found.files.repeats?.map((one) => new TextDecoder().decode(one)) : undefined;
      expect(texts).toEqual(place.keepsRows ? repeats.map((one) => new TextDecoder().decode(one)) : undefined);
    });

    test("does not find the record of a commit that is no ancestor of the base", async () => {
      await record(history.outside, "outside");
      await record(history.c4, "after the base");
      expect(await find(["base", "ancestor", "latest"], history.c3)).toMatchObject({ found: false, why: "none" });
    });

    test("does not find the record of another model, also of one with a similar name, and names them", async () => {
      const others = ["churn", "fraud-2", "fraud.1", "frau"];
      for (const other of others) await record(history.c4, other, other);
      const found = await find(["base"]);
      expect(found).toMatchObject({ found: false, why: "none" });
      expect(found.known).toEqual([...others].sort());
      expect(textOf(await find(["base"], history.c4, "fraud.1"))).toBe("fraud.1");
    });

    test("does not find the record of another branch", async () => {
      await place
        .pushed(history.c4, 1, "release/1.x")
        .record({ model: "fraud", branch: "release/1.x", sha: history.c4, files: files("release") });
      expect(await find(["base", "ancestor", "latest"])).toMatchObject({ found: false, why: "none" });
      expect(textOf(await find(["base"], history.c4, "fraud", "release/1.x"))).toBe("release");
    });

    test("writes the same record once, and then finds it as it was", async () => {
      const store = place.pushed(history.c4);
      const entry = { model: "fraud", branch: "main", sha: history.c4, files: files("once") };
      const first = await store.record(entry);
      expect(first.written).toBe(true);
      expect(first.where).toContain("fraud");
      expect(await store.record(entry)).toEqual({ written: false, where: first.where });
      expect((await place.pushed(history.c4).record(entry)).written).toBe(false);
      expect(textOf(await find(["base"]))).toBe("once");
    });

    test("a later attempt that measured other numbers counts", async () => {
      await record(history.c4, '{"value":1}');
      expect((await record(history.c4, '{"value":2}', "fraud", "main", 2)).written).toBe(true);
      expect(textOf(await find(["base"]))).toBe('{"value":2}');
    });

    test("a reader opened before the first record is not the last word: the next job sees it", async () => {
      expect((await find(["base"])).found).toBe(false);
      await record(history.c4, "now");
      expect((await find(["base"])).found).toBe(true);
    });

    test("gives the same bytes back", async () => {
      const evaluation = bytes('{"kind":"metricgate/evaluation@1","note":"naïve ☃ \\u0000"}\n');
      const rows = bytes("id,label\r\nä,1\n");
      const entry = { model: "fraud", branch: "main", sha: history.c4, files: { evaluation, rows } };
      await place.pushed(history.c4).record(entry);
      const found = await find(["base"]);
      expect(found.found && [...found.files.evaluation]).toEqual([...evaluation]);
      const kept = found.found ? found.files.rows : undefined;
      expect(kept === undefined ? undefined : [...kept]).toEqual(place.keepsRows ? [...rows] : undefined);
    });

    test("a record without rows comes back without rows", async () => {
      const entry = { model: "fraud", branch: "main", sha: history.c4, files: { evaluation: bytes("{}") } };
      await place.pushed(history.c4).record(entry);
      const found = await find(["base"]);
      expect(found.found && Object.keys(found.files)).toEqual(["evaluation"]);
    });

    describe.each(Object.entries(hostile))("a record of %s", (_, evaluation) => {
      test("comes back as it is, and is an unreadable baseline to the gate, never a pass or a crash", async () => {
        const entry = { model: "fraud", branch: "main", sha: history.c4, files: { evaluation } };
        await place.pushed(history.c4).record(entry);
        const found = await find(["base"]);
        expect(found.found && Buffer.from(found.files.evaluation).equals(evaluation)).toBe(true);

        const folder = await mkdtemp(join(tmpdir(), "hostile-"));
        const candidate = {
          kind: "metricgate/evaluation@1",
          model: { name: "fraud" },
          source: {},
          metrics: [{ name: "accuracy", value: 0.9 }],
        };
        await writeFile(join(folder, "candidate.json"), JSON.stringify(candidate));
        const ports = await portsIn(folder, { ...pullRequest, base: { branch: "main", sha: history.c4 } });
        const { verdict } = await gate(
          { policy: ".github/metricgate.yml", candidate: "candidate.json", "max-drop": "0.01" },
          { ...ports, store: place.reading() },
        );
        await rm(folder, { recursive: true });
        expect(verdict.document).toMatchObject({
          verdict: "fail",
          baselineMissing: { code: "baseline-unreadable" },
          counts: { pass: 0 },
        });
        expect(verdict.document.baseline).toBeUndefined();
      });
    });
  });
}
