/** Shows somebody that long work goes on. It decides nothing, and nothing waits for it. */
export interface Progress {
  /** `what` in words, such as `reading p.csv`; `total` in bytes. */
  begin(what: string, total: number): ProgressTask;
}

/** One piece of work: `advance` by so many bytes; after `end` nothing of it is shown. */
export interface ProgressTask {
  advance(bytes: number): void;
  end(): void;
}
