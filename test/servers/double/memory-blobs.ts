import { createHash, createHmac, randomBytes } from "node:crypto";
import type { BlobStorage } from "./blob-storage.ts";
import type { Call, Reply, Route } from "./route.ts";

interface MemoryBlob {
  waiting: Map<string, Buffer>;
  content?: Buffer;
  contentType: string;
}

/** Blobs in memory with the part of Azure's block-blob protocol that the toolkit's clients use. */
export function memoryBlobs(apiUrl: () => string): { storage: BlobStorage; routes: Route[] } {
  const blobs = new Map<string, MemoryBlob>();
  const secret = randomBytes(16);
  const sign = (name: string, rights: string) =>
    createHmac("sha256", secret).update(`${rights} ${name}`).digest("base64url");
  const link = (name: string, rights: string, extra: Record<string, string>) => {
    const url = new URL(`/blobstore/results/${encodeURIComponent(name)}`, apiUrl());
    for (const [key, value] of Object.entries({ ...extra, sp: rights, sig: sign(name, rights) })) {
      url.searchParams.set(key, value);
    }
    return url.href;
  };
  const blobAt = (name: string): MemoryBlob => {
    const blob = blobs.get(name) ?? { waiting: new Map(), contentType: "application/octet-stream" };
    blobs.set(name, blob);
    return blob;
  };
  const storage: BlobStorage = {
    uploadUrl: async (name) => link(name, "cw", {}),
    downloadUrl: async (name, headers) =>
      link(name, "r", {
        rsct: headers.contentType,
        ...(headers.disposition === undefined ? {} : { rscd: headers.disposition }),
      }),
    stat: async (name) => {
      const content = blobs.get(name)?.content;
      if (content === undefined) return undefined;
      return { size: content.length, sha256: createHash("sha256").update(content).digest("hex") };
    },
    put: async (name, bytes) => {
      blobAt(name).content = Buffer.from(bytes);
    },
    remove: async (name) => {
      blobs.delete(name);
    },
  };
  const guarded = (rights: string, handle: (call: Call, name: string) => Reply) => (call: Call) => {
    const name = call.params.name ?? "";
    const held = call.query.get("sp") ?? "";
    if (!held.includes(rights) || call.query.get("sig") !== sign(name, held))
      return azureError(403, "AuthenticationFailed");
    return handle(call, name);
  };
  const path = "/blobstore/results/*name";
  const routes: Route[] = [
    {
      method: "PUT",
      path,
      auth: "own",
      body: "bytes",
      handle: guarded("w", (call, name) => write(call, blobAt(name))),
    },
    { method: "GET", path, auth: "own", handle: guarded("r", (call, name) => read(call, blobs.get(name), true)) },
    { method: "HEAD", path, auth: "own", handle: guarded("r", (call, name) => read(call, blobs.get(name), false)) },
  ];
  return { storage, routes };
}

function write(call: Call, blob: MemoryBlob): Reply {
  const what = call.query.get("comp");
  if (what === "block") {
    blob.waiting.set(call.query.get("blockid") ?? "", call.body);
    return azureReply(201);
  }
  if (what === "blocklist") {
    const ids = [...call.body.toString("utf8").matchAll(/<(?:Latest|Uncommitted)>([^<]*)</g)].map(
      (found) => found[1] ?? "",
    );
    const parts: Buffer[] = [];
    for (const id of ids) {
      const part = blob.waiting.get(id);
      if (part === undefined) return azureError(400, "InvalidBlockList");
      parts.push(part);
    }
    blob.content = Buffer.concat(parts);
    blob.waiting.clear();
  } else if (call.headers["x-ms-blob-type"] === "BlockBlob") {
    blob.content = call.body;
  } else return azureError(400, "InvalidHeaderValue");
  blob.contentType = call.headers["x-ms-blob-content-type"] ?? call.headers["content-type"] ?? blob.contentType;
  return azureReply(201);
}

function read(call: Call, blob: MemoryBlob | undefined, withBody: boolean): Reply {
  if (blob?.content === undefined) return azureError(404, "BlobNotFound");
  const disposition = call.query.get("rscd");
  const headers: Record<string, string> = {
    "content-type": call.query.get("rsct") ?? blob.contentType,
    "accept-ranges": "bytes",
    "x-ms-blob-type": "BlockBlob",
    ...(disposition === null ? {} : { "content-disposition": disposition }),
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(call.headers["x-ms-range"] ?? call.headers.range ?? "");
  if (!withBody) return azureReply(200, { ...headers, "content-length": String(blob.content.length) });
  if (range === null) return { ...azureReply(200, headers), bytes: blob.content };
  const from = Number(range[1]);
  const end = Math.min(blob.content.length, range[2] === "" ? Number.POSITIVE_INFINITY : Number(range[2]) + 1);
  if (from >= blob.content.length) return azureError(416, "InvalidRange");
  const span = { "content-range": `bytes ${from}-${end - 1}/${blob.content.length}` };
  return { ...azureReply(206, { ...headers, ...span }), bytes: blob.content.subarray(from, end) };
}

function azureReply(status: number, headers: Record<string, string> = {}): Reply {
  const stamp = { etag: `"${randomBytes(8).toString("hex")}"`, "x-ms-version": "2025-05-05" };
  return { status, headers: { ...stamp, "x-ms-request-id": randomBytes(8).toString("hex"), ...headers } };
}

function azureError(status: number, code: string): Reply {
  const xml = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return {
    ...azureReply(status, { "content-type": "application/xml", "x-ms-error-code": code }),
    bytes: Buffer.from(xml),
  };
}
