import { expect, it } from "vitest";
import { restoreFolder, saveFolder } from "./cache.ts";
import type { CacheService } from "./cache-service-port.ts";

const request = { paths: ["/job/checkpoint"], key: "checkpoint-1" };
const service = (more: Partial<CacheService>): CacheService => ({
  saveCache: async () => 1,
  restoreCache: async () => undefined,
  ...more,
});

it("a save that the cache accepts has no warning", async () => {
  expect(await saveFolder(request, service({}))).toEqual({ saved: true });
});

it.each<[string, Partial<CacheService>]>([
  ["was refused", { saveCache: async () => -1 }],
  ["failed", { saveCache: async () => Promise.reject(new Error("cache write denied: read-only")) }],
])("a save that %s is a warning with the key, never an error", async (_, more) => {
  const { saved, warning } = await saveFolder(request, service(more));
  expect(saved).toBe(false);
  expect(warning).toContain("checkpoint-1");
});

it("a restore names the key that matched, or none", async () => {
  const hit = service({
    restoreCache: async (_, key, prefixes) => (prefixes?.[0] === "checkpoint-" ? "checkpoint-0" : key),
  });
  expect(await restoreFolder({ ...request, prefixes: ["checkpoint-"] }, hit)).toEqual({ matched: "checkpoint-0" });
  expect(await restoreFolder(request, service({}))).toEqual({});
});

it("a restore that fails is a warning without secrets", async () => {
  const broken = service({
    restoreCache: async () => Promise.reject(new Error("GET https://blob.test/x?sig=SECRET failed")),
  });
  const { warning } = await restoreFolder(request, broken);
  expect(warning).toContain("checkpoint-1");
  expect(warning).not.toContain("SECRET");
});
