import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { smokeHttp } from "./smoke-http.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function asked(attempts = 1) {
  const slept: number[] = [];
  const sleep = async (seconds: number): Promise<void> => {
    slept.push(seconds);
  };
  return { o: { timeoutSeconds: 5, attempts, sleep }, slept };
}

test.each([200, 201, 204, 299])("status %d is healthy", async (status) => {
  const url = await serve((_, response) => response.writeHead(status).end());
  expect(await smokeHttp(`${url}/health`, asked().o)).toEqual({
    kind: "http",
    what: `${url}/health`,
    ok: true,
    text: `HTTP ${status}`,
  });
});

test.each([304, 400, 401, 404, 500, 503])("status %d is not, and the body is shown", async (status) => {
  const url = await serve((_, response) =>
    response.writeHead(status).end(status === 304 ? undefined : "model\n is\tloading"),
  );
  const { ok, text } = await smokeHttp(url, asked().o);
  expect(ok).toBe(false);
  expect(text).toBe(
    status === 304 ? "HTTP 304 (after 1 attempts)" : `HTTP ${status}: model is loading (after 1 attempts)`,
  );
});

test("it asks until the server is healthy, waiting longer each time", async () => {
  let n = 0;
  const url = await serve((_, response) => response.writeHead(++n < 7 ? 503 : 200).end("up"));
  const { o, slept } = asked(10);
  expect(await smokeHttp(url, o)).toMatchObject({ ok: true, text: "HTTP 200: up (attempt 7)" });
  expect(slept).toEqual([1, 2, 4, 8, 15, 15]);
});

test.each([400, 401, 403, 404, 405, 410, 422])(
  "status %d is final: it is asked once and nothing is waited for",
  async (status) => {
    let n = 0;
    const url = await serve((_, response) => {
      n++;
      response.writeHead(status).end();
    });
    const { o, slept } = asked(6);
    expect(await smokeHttp(url, o)).toMatchObject({ ok: false, text: `HTTP ${status} (after 1 attempts)` });
    expect([n, slept]).toEqual([1, []]);
  },
);

test.each([408, 425, 429, 500, 503])("status %d may pass: it is asked again", async (status) => {
  let n = 0;
  const url = await serve((_, response) => response.writeHead(++n < 3 ? status : 200).end());
  const { o, slept } = asked(6);
  expect(await smokeHttp(url, o)).toMatchObject({ ok: true, text: "HTTP 200 (attempt 3)" });
  expect(slept).toEqual([1, 2]);
});

test("it gives up after the attempts", async () => {
  let n = 0;
  const url = await serve((_, response) => {
    n++;
    response.writeHead(503).end();
  });
  const { o, slept } = asked(3);
  expect(await smokeHttp(url, o)).toMatchObject({ ok: false, text: "HTTP 503 (after 3 attempts)" });
  expect([n, slept.length]).toEqual([3, 2]);
});

test("a refused connection, a reset and a silent server are failures in words", async () => {
  const url = await serve((_, response) => response.end());
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  expect(await smokeHttp(url, asked().o)).toMatchObject({ ok: false, text: expect.stringContaining("ECONNREFUSED") });
  const reset = await serve((request) => request.socket.destroy());
  expect(await smokeHttp(reset, asked().o)).toMatchObject({
    ok: false,
    text: expect.stringMatching(/no answer: (ECONNRESET|socket hang up)/),
  });
  const silent = await serve(() => {});
  expect(await smokeHttp(silent, { ...asked().o, timeoutSeconds: 0.1 })).toMatchObject({
    ok: false,
    text: expect.stringContaining("no answer within 0.1 s"),
  });
});

test("a server that starts to answer and stops is bounded, too", async () => {
  const drip = await serve((_, response) => void response.writeHead(200).write("x"));
  expect(await smokeHttp(drip, { ...asked().o, timeoutSeconds: 0.1 })).toMatchObject({
    ok: false,
    text: expect.stringContaining("no answer"),
  });
});

test("an answer cut off in the middle is a failure", async () => {
  const cut = await serve((_, response) => {
    response.writeHead(200, { "content-length": "1000" }).write("x");
    setTimeout(() => response.destroy(), 20);
  });
  expect(await smokeHttp(cut, asked().o)).toMatchObject({ ok: false });
});

test("an endless body is read to its first part only, and shown to 300 characters", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write("y".repeat(65536)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  const { ok, text } = await smokeHttp(url, asked().o);
  expect(ok).toBe(true);
  expect(text).toBe(`HTTP 200: ${"y".repeat(300)}`);
});

test("control, direction and broken characters do not reach the record", async () => {
  const url = await serve((_, response) => response.end(Buffer.from("a\u001b[31mb\u202ec\u0000d\xff\n::error::x")));
  const { text } = await smokeHttp(url, asked().o);
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text).toMatch(/^HTTP 200: a \[31mb c d/);
});

test("three redirects are followed, a fourth is not", async () => {
  const url = await serve((request, response) => {
    const n = Number(request.url?.slice(1));
    if (n === 0) response.end("arrived");
    else response.writeHead(307, { location: `/${n - 1}` }).end();
  });
  expect(await smokeHttp(`${url}/3`, asked().o)).toMatchObject({
    ok: true,
    what: `${url}/3`,
    text: "HTTP 200: arrived",
  });
  expect(await smokeHttp(`${url}/4`, asked().o)).toMatchObject({
    ok: false,
    text: expect.stringContaining("more than 3 redirects"),
  });
});

test("headers go to the first origin and to no other", async () => {
  const seen: IncomingMessage["headers"][] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers);
    response.end();
  });
  const url = await serve((request, response) => {
    seen.push(request.headers);
    response.writeHead(302, { location: request.url === "/same" ? "/other" : other }).end();
  });
  await smokeHttp(`${url}/same`, { ...asked().o, headers: { authorization: "Bearer secret", "x-key": "secret" } });
  expect(seen.map((headers) => [headers.authorization, headers["x-key"]])).toEqual([
    ["Bearer secret", "secret"],
    ["Bearer secret", "secret"],
    [undefined, undefined],
  ]);
});

test.each(["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:1", "http://"])(
  "a redirect to %s is a failure",
  async (location) => {
    const url = await serve((_, response) => response.writeHead(302, { location }).end());
    expect(await smokeHttp(url, asked().o)).toMatchObject({ ok: false, text: expect.stringContaining("not HTTP") });
  },
);

test("credentials and query are used and not shown", async () => {
  const seen: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    seen.push(request.url, request.headers.authorization);
    response.end();
  });
  const smoke = await smokeHttp(`${url.replace("//", "//ana:pass@")}/health?key=secret#x`, asked().o);
  expect(smoke.what).toBe(`${url}/health`);
  expect(seen).toEqual(["/health?key=secret", `Basic ${Buffer.from("ana:pass").toString("base64")}`]);
});

test.each(["", "health", "/health", "ftp://host/", "file:///etc/passwd"])(
  "%j is no address for a smoke test",
  async (address) => {
    await expect(smokeHttp(address, asked().o)).rejects.toMatchObject({
      name: "UserError",
      problems: [{ code: "bad-url" }],
    });
  },
);
