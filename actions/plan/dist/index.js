import { run } from "../../../packages/bundle/dist/index.js";
await run("plan", new URL("../../../packages/bundle/dist/worker.js", import.meta.url));
