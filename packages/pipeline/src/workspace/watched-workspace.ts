import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { Progress } from "@metricgate/core/ports/progress";
import { shown } from "@metricgate/formats/text/shown";
import type { Workspace } from "../ports/workspace.ts";

/** Smaller files are read before anybody could wonder. */
const smallest = 8_000_000;

/** A workspace that tells how far the reading of a large file is; the bytes are the same. */
export function watchedWorkspace(workspace: Workspace, progress: Progress): Workspace {
  return {
    ...workspace,
    async open(path) {
      const source = await workspace.open(path);
      return source.size < smallest ? source : watched(source, progress);
    },
  };
}

function watched(source: ByteSource, progress: Progress): ByteSource {
  return {
    name: source.name,
    size: source.size,
    slice: (start, end) => source.slice(start, end),
    async *stream(start = 0, end) {
      const task = progress.begin(`reading ${shown(source.name)}`, (end ?? source.size) - start);
      try {
        for await (const chunk of source.stream(start, end)) {
          task.advance(chunk.length);
          yield chunk;
        }
      } finally {
        task.end();
      }
    },
  };
}
