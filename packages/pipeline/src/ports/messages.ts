/** What a verb says while it works. `info` goes to the log, never to stdout of the command line. */
export interface Messages {
  info(text: string): void;
  warn(text: string): void;
}
