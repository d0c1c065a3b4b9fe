/** The part of the runner's cache that we use; `@actions/cache` unless given. */
export interface CacheService {
  saveCache(paths: string[], key: string): Promise<number>;
  restoreCache(paths: string[], key: string, restoreKeys?: string[]): Promise<string | undefined>;
}
