import type { ByteSource } from "@metricgate/core/ports/byte-source";
import type { PartReader } from "@metricgate/formats/tables/csv-parts";

/** The files of one folder; nothing outside it is read or written, also not through links. Paths use forward slashes. */
export interface Workspace {
  /** Absolute. */
  root: string;
  /** Regular files that match, sorted by code point. @throws UserError `outside-workspace` */
  find(patterns: readonly string[]): Promise<string[]>;
  exists(path: string): Promise<boolean>;
  /** @throws UserError `file-missing`, `not-a-file`, `outside-workspace` */
  open(path: string): Promise<ByteSource>;
  /** Reads parts of this folder's tables; absent where there is no thread to spare. */
  otherThread?: PartReader;
  /** @throws UserError as `open`, and `file-too-large` above 512 MiB */
  read(path: string): Promise<Uint8Array>;
  /** Writes beside and renames, so that a reader sees the old file or the new one. @throws UnavailableError `cannot-write` */
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  remove(path: string): Promise<void>;
  /** The absolute path of a contained path that may not exist yet. @throws UserError `outside-workspace` */
  resolve(path: string): Promise<string>;
}
