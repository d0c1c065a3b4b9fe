import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** What the browser says by itself: a request, a dialog, a message of the console or of the security policy. */
export interface BrowserEvent {
  method: string;
  params: Record<string, unknown>;
}

/** How a page is shown. */
export interface Looks {
  width: number;
  height?: number;
  dark?: boolean;
  print?: boolean;
}

/** One page of a real browser. */
export interface BrowserPage {
  /** Everything heard since the last call. */
  heard(): BrowserEvent[];
  show(looks: Looks): Promise<void>;
  /** Opens an address and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** Evaluates JavaScript past the page's own security policy; the value travels as JSON. */
  evaluate(script: string): Promise<unknown>;
  press(key: "Tab" | "Enter" | " "): Promise<void>;
  /** The page as PNG, of its whole height, at most `most` pixels. */
  picture(most?: number): Promise<Buffer>;
}

/** True when Chromium is installed. */
export function hasChromium(): boolean {
  return spawnSync("chromium", ["--version"]).status === 0;
}

const flags = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-extensions",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
  "--hide-scrollbars",
  "--force-color-profile=srgb",
  "about:blank",
];

/** Starts Chromium for one use, with its own protocol over a pipe: no port, and nothing to install beside it. */
export async function withChromium<T>(use: (page: BrowserPage) => Promise<T>): Promise<T> {
  const child = spawn("chromium", flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  try {
    return await use(await firstPage(child));
  } finally {
    const ended = new Promise((done) => child.once("exit", done));
    if (child.kill("SIGKILL")) await ended;
  }
}

interface Answer {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

interface Wire {
  send(method: string, params?: Record<string, unknown>, session?: string): Promise<Record<string, unknown>>;
  events: BrowserEvent[];
}

/** Messages of the protocol are JSON texts that end with a zero byte. */
function wireOf(child: ChildProcess): Wire {
  const [, , , out, back] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, { done(result: Record<string, unknown>): void; failed(error: Error): void }>();
  const events: BrowserEvent[] = [];
  let [next, rest] = [0, Buffer.alloc(0)];
  const fail = (text: string): void => {
    for (const { failed } of waiting.values()) failed(new Error(text));
    waiting.clear();
  };
  child.once("error", (error) => fail(`Chromium did not start: ${error.message}`));
  child.once("exit", (code) => fail(`Chromium ended with ${code}`));
  back.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const answer = JSON.parse(rest.subarray(0, end).toString("utf8")) as Answer;
      rest = rest.subarray(end + 1);
      if (answer.id === undefined) events.push({ method: answer.method ?? "", params: answer.params ?? {} });
      else if (answer.error === undefined) waiting.get(answer.id)?.done(answer.result ?? {});
      else waiting.get(answer.id)?.failed(new Error(answer.error.message));
      if (answer.id !== undefined) waiting.delete(answer.id);
    }
  });
  return {
    events,
    send: (method, params = {}, sessionId) =>
      new Promise((done, failed) => {
        next += 1;
        waiting.set(next, { done, failed });
        const message = { id: next, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
        out.write(`${JSON.stringify(message)}\0`);
      }),
  };
}

async function firstPage(child: ChildProcess): Promise<BrowserPage> {
  const wire = wireOf(child);
  const { targetId } = await wire.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await wire.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> =>
    wire.send(method, params, String(sessionId));
  for (const domain of ["Page", "Network", "Runtime", "Log", "Audits"]) await send(`${domain}.enable`);
  const evaluate = async (expression: string): Promise<unknown> => {
    const done = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (done.exceptionDetails !== undefined) throw new Error(JSON.stringify(done.exceptionDetails));
    return (done.result as { value?: unknown }).value;
  };
  let width = 1280;
  return {
    evaluate,
    heard: () => wire.events.splice(0),
    async show(looks) {
      width = looks.width;
      const metrics = { width, height: looks.height ?? 900, deviceScaleFactor: 1, mobile: false };
      await send("Emulation.setDeviceMetricsOverride", metrics);
      const features = [{ name: "prefers-color-scheme", value: looks.dark === true ? "dark" : "light" }];
      await send("Emulation.setEmulatedMedia", { media: looks.print === true ? "print" : "screen", features });
    },
    async open(url) {
      const { frameId, loaderId, errorText } = await send("Page.navigate", { url });
      if (errorText !== undefined) throw new Error(`${url}: ${String(errorText)}`);
      // A frame is done when its state says so; a dialog or a script that hangs would stop this, and the test's own limit ends it.
      const ready = `new Promise((done) => document.readyState === "complete" ? done(true) : addEventListener("load", () => done(true)))`;
      await evaluate(ready);
      if (frameId === undefined || loaderId === undefined) throw new Error(`${url} was not opened`);
    },
    async press(key) {
      const code = key === "Tab" ? 9 : key === "Enter" ? 13 : 32;
      const text = key === "Tab" ? {} : { text: key === "Enter" ? "\r" : " " };
      await send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: code, ...text });
      await send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
    },
    async picture(most = 6000) {
      const height = Math.min(most, Number(await evaluate("document.documentElement.scrollHeight")));
      const clip = { x: 0, y: 0, width, height, scale: 1 };
      const { data } = await send("Page.captureScreenshot", { format: "png", clip, captureBeyondViewport: true });
      return Buffer.from(String(data), "base64");
    },
  };
}
