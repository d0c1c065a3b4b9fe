import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { minify } from "terser";
import { actionList } from "./action-list.ts";
import { foldLicenses } from "./fold-licenses.ts";

const dist = "packages/bundle/dist";
// Beside it, since tests and people run what stands in `dist` while a build goes on.
const out = "packages/bundle/.dist-next";

/** Builds the one bundle, minifies its chunks, and writes the two-line stub of every action. */
async function main(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  execFileSync(
    "node",
    [
      "node_modules/@vercel/ncc/dist/ncc/cli.js",
      "build",
      "packages/bundle/src/index.ts",
      "-o",
      out,
      "--target",
      "es2022",
      "--license",
      "licenses.txt",
      "--transpile-only",
      "--no-source-map-register",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  // ncc minifies the entry alone, never the chunks behind `import()`. Terser drops what webpack only marked as unused: 60 kB gz less than esbuild.
  for (const file of readdirSync(out).filter((name) => /\.js$/.test(name))) {
    const path = join(out, file);
    const { code } = await minify(readFileSync(path, "utf8"), {
      module: true,
      ecma: 2020,
      compress: { passes: 2 },
      format: { comments: false },
    });
    writeFileSync(path, `${code}\n`);
  }
  writeFileSync(
    join(out, "cli.js"),
    '#!/usr/bin/env node\nimport { cli } from "./index.js";\nawait cli(process.argv.slice(2), new URL("./worker.js", import.meta.url));\n',
    { mode: 0o755 },
  );
  const licenses = join(out, "licenses.txt");
  writeFileSync(licenses, foldLicenses(readFileSync(licenses, "utf8")));
  writeFileSync(join(out, "worker.js"), 'import { work } from "./index.js";\nawait work();\n');
  rmSync(dist, { recursive: true, force: true });
  renameSync(out, dist);
  for (const name of Object.keys(actionList)) {
    mkdirSync(`actions/${name}/dist`, { recursive: true });
    writeFileSync(
      `actions/${name}/dist/index.js`,
      `import { run } from "../../../packages/bundle/dist/index.js";\nawait run(${JSON.stringify(name)}, new URL("../../../packages/bundle/dist/worker.js", import.meta.url));\n`,
    );
  }
  for (const file of readdirSync(dist).sort()) {
    const bytes = readFileSync(join(dist, file));
    console.log(
      `${file.padEnd(20)} ${String(bytes.length).padStart(9)} bytes ${String(gzipSync(bytes).length).padStart(8)} gz`,
    );
  }
}

await main();
