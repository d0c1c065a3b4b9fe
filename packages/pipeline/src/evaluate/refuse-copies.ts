import type { Digest } from "@metricgate/core/documents/digest";
import { UserError } from "@metricgate/core/errors/user-error";
import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { Hashing } from "../ports/hashing.ts";
import type { Workspace } from "../ports/workspace.ts";

/**
 * Refuses a file of a further training run that is a copy of another run's: it would be taken for a run without any noise. Only files of
 * one size are read. @throws UserError `repeat-copied`
 */
export async function refuseCopies(
  first: readonly string[],
  further: readonly string[],
  { workspace, hashing }: { workspace: Workspace; hashing: Hashing },
): Promise<void> {
  const bySize = new Map<number, { path: string; source: ByteSource }[]>();
  for (const path of [...first, ...further]) {
    const source = await workspace.open(path);
    bySize.set(source.size, [...(bySize.get(source.size) ?? []), { path, source }]);
  }
  for (const alike of bySize.values()) {
    if (alike.length < 2) continue;
    const seen = new Map<Digest, string>();
    for (const { path, source } of alike) {
      const digest = hashing.bytes(await source.slice(0, source.size));
      const before = seen.get(digest);
      if (before !== undefined && further.includes(path)) throw copied(path, before);
      seen.set(digest, path);
    }
  }
}

function copied(path: string, before: string): UserError {
  return new UserError(
    "repeat-copied",
    `${path} is a copy of ${before}: the same bytes are no second training run`,
    "Train again with another seed and give what that run wrote, or leave the copy out of `repeats`. Runs that really agree need more digits or rows to tell.",
    { file: path },
  );
}
