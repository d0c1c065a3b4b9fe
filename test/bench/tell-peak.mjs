import { readFileSync } from "node:fs";

process.on("exit", () => {
  const used = process.resourceUsage();
  let peak = used.maxRSS;
  try {
    // `maxRSS` of a child begins at what its parent had when it was forked; VmHWM is the process's own.
    peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    // Only Linux has that file.
  }
  process.stderr.write(`\npeak ${peak}\ncpu ${used.userCPUTime + used.systemCPUTime}\n`);
});
