import { run } from "../../../packages/bundle/dist/index.js";
await run("plan");
