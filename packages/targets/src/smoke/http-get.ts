import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** The first part of an answer. `text` holds at most 4,096 bytes of it. */
export interface HttpAnswer {
  status: number;
  location?: string;
  text: string;
}

const bodyBytes = 4096;

/**
 * One GET, through `node:http(s)` and never `fetch`, whose browser-like headers some servers refuse. The time is for the whole exchange.
 * Rejects with a plain Error when there is no answer in time.
 */
export function httpGet(url: URL, o: { timeoutSeconds: number; headers: Record<string, string> }): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const call = send(
      url,
      { method: "GET", headers: { ...o.headers, connection: "close" }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const finish = (): void => {
          const { location } = response.headers;
          const text = Buffer.concat(chunks).subarray(0, bodyBytes).toString("utf8");
          resolve({ status: response.statusCode ?? 0, ...(location === undefined ? {} : { location }), text });
          call.destroy();
        };
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size >= bodyBytes) finish();
        });
        response.on("end", finish);
        response.on("error", reject);
      },
    );
    const timer = setTimeout(
      () => call.destroy(new Error(`no answer within ${o.timeoutSeconds} s`)),
      o.timeoutSeconds * 1000,
    );
    call.on("close", () => clearTimeout(timer));
    call.on("error", reject);
    call.end();
  });
}
