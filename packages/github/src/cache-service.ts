import { restoreCache, saveCache } from "@actions/cache";
import type { CacheService } from "./cache-service-port.ts";

/** The runner's cache service. This file loads the SDK, so it is imported only where it is used. */
export function cacheService(): CacheService {
  return { restoreCache, saveCache };
}
