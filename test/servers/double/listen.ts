import { createServer, type Server } from "node:http";
import { answer, type Service } from "./dispatch.ts";

/** A server on a free loopback port that answers nothing yet; `stop` ends every connection. */
export interface OpenPort {
  server: Server;
  url: string;
  stop(): Promise<void>;
}

/** Opens the port first, since what answers on it has to know its own address. */
export async function openPort(): Promise<OpenPort> {
  const server = createServer();
  const url = await new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : ""}`);
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, url, stop };
}

/** Lets a service answer. A handler that throws becomes a 500 with its stack, so that a test shows it. */
export function serve(port: OpenPort, service: Service): void {
  port.server.on("request", (request, response) => {
    answer(service, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ message }));
    });
  });
}
