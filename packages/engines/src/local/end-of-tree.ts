import type { Clock } from "./clock.ts";
import type { ProcessGroup } from "./process-group.ts";

/** How the processes of one command come to their end. */
export interface EndOfTree {
  /** Passes a signal on; the first starts the grace. */
  forward(signal: "SIGINT" | "SIGTERM"): void;
  /** Whether a signal was passed on. */
  signalled(): boolean;
  /** Resolves when no process is left: those that remain are asked to end, and killed when the grace is over. */
  rest(): Promise<void>;
  /** Stops the timer. */
  cancel(): void;
}

/** Milliseconds between two looks for processes that are still alive. */
const look = 25;
/** Looks after SIGKILL before we give up on a process that the kernel holds (a dead network disk). */
const looksAfterKill = 40;

/** `graceSeconds` is the time from the first signal to SIGKILL. */
export function endOfTree(group: ProcessGroup, graceSeconds: number, clock: Clock): EndOfTree {
  let passed = false;
  let killed = false;
  let cancel: (() => void) | undefined;
  const kill = (): void => {
    killed = true;
    group.signal("SIGKILL");
  };
  const startGrace = (): void => {
    cancel ??= clock.after(graceSeconds * 1000, kill);
  };
  return {
    signalled: () => passed,
    cancel: () => cancel?.(),
    forward(signal) {
      passed = true;
      startGrace();
      group.signal(signal);
    },
    async rest() {
      if (!group.alive()) return;
      // After a signal they have had theirs, and may be saving a checkpoint just now.
      if (!passed) group.signal("SIGTERM");
      startGrace();
      for (let left = looksAfterKill; left > 0 && group.alive(); ) {
        if (killed) {
          left -= 1;
          // What was forked between the listing and the signal.
          group.signal("SIGKILL");
        }
        await new Promise<void>((resolve) => clock.after(look, resolve));
      }
    },
  };
}
