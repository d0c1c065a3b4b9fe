/** Where the output of a command goes, as it arrives. `begin` comes before the first byte, `end` after the last, also when the run failed; both may come twice. */
export interface OutputSink {
  begin(): void;
  write(bytes: Uint8Array): void;
  end(): void;
}
