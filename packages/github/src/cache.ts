import type { CacheService } from "./cache-service-port.ts";
import { redact } from "./failure.ts";

export interface CacheRequest {
  /** Absolute. What is restored is as trustworthy as whoever could save it: check it against a manifest. */
  paths: readonly string[];
  key: string;
}

async function loaded(service: CacheService | undefined): Promise<CacheService> {
  return service ?? (await import("./cache-service.ts")).cacheService();
}

/** Saves a checkpoint. That the cache refuses is normal for untrusted events, so it is a warning and never an error. */
export async function saveFolder(
  o: CacheRequest,
  service?: CacheService,
): Promise<{ saved: boolean; warning?: string }> {
  try {
    const id = await (await loaded(service)).saveCache([...o.paths], o.key);
    if (id >= 0) return { saved: true };
    return { saved: false, warning: `The cache did not take ${o.key}; the next run will start without it.` };
  } catch (error) {
    return {
      saved: false,
      warning: `The cache did not take ${o.key} (${said(error)}); the next run will start without it.`,
    };
  }
}

/** Restores a checkpoint by its key, or by the longest of the prefixes that matches; `matched` is the key that was found. */
export async function restoreFolder(
  o: CacheRequest & { prefixes?: readonly string[] },
  service?: CacheService,
): Promise<{ matched?: string; warning?: string }> {
  try {
    const matched = await (await loaded(service)).restoreCache([...o.paths], o.key, [...(o.prefixes ?? [])]);
    return matched === undefined ? {} : { matched };
  } catch (error) {
    return {
      warning: `The cache could not be read for ${o.key} (${said(error)}); training starts without a checkpoint.`,
    };
  }
}

function said(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}
