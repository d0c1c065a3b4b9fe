import type { Progress, ProgressTask } from "@metricgate/core/ports/progress";
import { progressText } from "./progress-text.ts";

/** When and where progress is shown. */
export interface Display {
  /** Milliseconds, of any clock that only goes on. */
  now(): number;
  /** Milliseconds that work must have taken before it is shown, and between two times that it is. */
  after: number;
  every: number;
  show(text: string): void;
  /** The work that was shown is done. */
  hide(): void;
}

/** Progress that is shown once work has taken a while, and then no oftener than asked. Work that is quick is never shown. */
export function shownProgress({ now, after, every, show, hide }: Display): Progress {
  return {
    begin(what, total): ProgressTask {
      const started = now();
      let done = 0;
      let last: number | undefined;
      return {
        advance(bytes) {
          done += bytes;
          const at = now();
          if (at - started < after || (last !== undefined && at - last < every)) return;
          last = at;
          show(progressText(what, done, total));
        },
        end() {
          if (last !== undefined) hide();
          last = undefined;
        },
      };
    },
  };
}
