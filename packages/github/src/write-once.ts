import { failureOf, isAmbiguous } from "./patience.ts";

/**
 * Sends a write whose answer may be lost. After a broken connection or a 5xx it looks whether the write arrived before
 * it is sent again, so that exactly one exists. Three tries.
 */
export async function writeOnce<T>(o: {
  write: () => Promise<T>;
  /** What the write would have made, when it is there. */
  look: () => Promise<T | undefined>;
  sleep: (milliseconds: number) => Promise<void>;
}): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await o.write();
    } catch (error) {
      if (!isAmbiguous(failureOf(error))) throw error;
      await o.sleep(1000 * 2 ** (tries - 1));
      const arrived = await o.look();
      if (arrived !== undefined) return arrived;
      if (tries === 3) throw error;
    }
  }
}
