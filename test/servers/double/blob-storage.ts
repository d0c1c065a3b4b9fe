/** What a download link should make the answer say about itself. */
export interface BlobHeaders {
  contentType: string;
  disposition?: string;
}

/**
 * Where artifact and cache bytes lie, behind signed links. The double keeps them in memory,
 * the real tier in Azurite; the twirp and zip routes know only this.
 */
export interface BlobStorage {
  /** A link that may create and write the blob. */
  uploadUrl(name: string): Promise<string>;
  /** A link that may read it. */
  downloadUrl(name: string, headers: BlobHeaders): Promise<string>;
  /** The stored bytes' length and SHA-256 (hex); undefined when nothing was committed. */
  stat(name: string): Promise<{ size: number; sha256: string } | undefined>;
  /** Puts bytes there without a client, for seeding. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}
