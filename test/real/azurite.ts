import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BlobSASPermissions, BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import type { BlobStorage } from "@metricgate/test-servers/double/blob-storage";

const account = "results";
const anHour = 3_600_000;

/** Starts Azurite on a free loopback port and gives its blobs behind SAS links, which it enforces itself. */
export async function startAzurite(now: () => Date): Promise<{ blobs: BlobStorage; stop(): Promise<void> }> {
  const key = randomBytes(32).toString("base64");
  const main = join(dirname(createRequire(import.meta.url).resolve("azurite/package.json")), "dist/src/blob/main.js");
  const args = [
    "--blobHost",
    "127.0.0.1",
    "--blobPort",
    "0",
    "--inMemoryPersistence",
    "--disableTelemetry",
    "--skipApiVersionCheck",
  ];
  const env = { PATH: process.env.PATH ?? "", AZURITE_ACCOUNTS: `${account}:${key}` };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    const listen = (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const found = /listen(?:s|ing) (?:at|on) (http:\/\/127\.0\.0\.1:\d+)/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`Azurite ended with ${code} before it listened: ${text}`)));
  });
  const service = new BlobServiceClient(`${url}/${account}`, new StorageSharedKeyCredential(account, key));
  const container = service.getContainerClient("results");
  await container.create();
  const blob = (name: string) => container.getBlockBlobClient(name);
  const expiresOn = () => new Date(now().getTime() + anHour);
  const blobs: BlobStorage = {
    uploadUrl: (name) =>
      blob(name).generateSasUrl({ permissions: BlobSASPermissions.parse("cw"), expiresOn: expiresOn() }),
    downloadUrl: (name, headers) =>
      blob(name).generateSasUrl({
        permissions: BlobSASPermissions.parse("r"),
        expiresOn: expiresOn(),
        contentType: headers.contentType,
        ...(headers.disposition === undefined ? {} : { contentDisposition: headers.disposition }),
      }),
    stat: async (name) => {
      if (!(await blob(name).exists())) return undefined;
      const bytes = await blob(name).downloadToBuffer();
      return { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    },
    put: async (name, bytes) => {
      await blob(name).uploadData(Buffer.from(bytes));
    },
    remove: async (name) => {
      await blob(name).deleteIfExists();
    },
  };
  return { blobs, stop };
}
