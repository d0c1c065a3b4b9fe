import type { Digest } from "@metricgate/core/documents/digest";
import { type ByteWriter, handOn, passingWriter } from "@metricgate/formats/bytes/byte-writer";
import type { Hashing } from "../ports/hashing.ts";

/** The digest of what is written, without holding all of it. */
export function digestWritten(hashing: Hashing, write: (writer: ByteWriter) => void): Digest {
  return hashing.parts((take) => {
    const writer = passingWriter(take);
    write(writer);
    handOn(writer);
  });
}
