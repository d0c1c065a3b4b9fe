import { UserError } from "@metricgate/core/errors/user-error";
import { jsonTree } from "../../json/json-tree.ts";
import { readBytes } from "../../sources/read-bytes.ts";
import { decodeText } from "../../text/decode-text.ts";
import { lineCounter } from "../../text/position.ts";
import { tomlTree } from "../../toml/toml-tree.ts";
import type { Tree } from "../../tree/tree.ts";
import { yamlTree } from "../../yaml/yaml-tree.ts";
import type { FoundFile, MetricFile, MetricFormat } from "../metric-format.ts";
import { nestedMetrics } from "../nested-metrics.ts";
import { type Refuse, refusals } from "../refuse.ts";
import { itemsOf, membersOf, textAt, valueAt } from "../tree-access.ts";

const sizeLimit = 100_000_000;

/** `dvc.yaml`, which names the metric files. */
export const dvcYamlFormat: MetricFormat = {
  name: "dvc-yaml",
  proof: "tool",
  title: "dvc.yaml",
  usual: ["**/dvc.yaml"],
  example: {
    path: "dvc.yaml",
    text: "stages:\n  train:\n    cmd: python train.py\n    metrics:\n      - metrics.json:\n          cache: false\n",
  },
  takes:
    "The files named by `metrics:` at the top and of every stage (with its `wdir`), read as DVC reads them: JSON, YAML or TOML, keys joined with `.`. A metric that stands in two of them is an error.",
  detect: ({ path, text }) => (text !== undefined && /(^|\/)dvc\.ya?ml$/.test(path) ? "sure" : undefined),
  read: async (file) => {
    const text = await file.text();
    const refuse = refusals(text, file.source.name);
    const root = yamlTree(text, file.source.name);
    const paths = [
      ...itemsOf(valueAt(root, "metrics")).map((item) => pathOf(item, "", refuse)),
      ...membersOf(valueAt(root, "stages")).flatMap(({ value }) => {
        const folder = textAt(value, "wdir");
        return itemsOf(valueAt(value, "metrics")).map((item) =>
          pathOf(item, folder === undefined ? "" : `${folder}/`, refuse),
        );
      }),
    ];
    if (paths.length === 0)
      refuse.name(
        "no-metrics",
        `${file.source.name} names no metrics.`,
        "List the files under metrics: of a stage.",
        0,
      );
    const found: FoundFile = { metrics: [], ignored: [] };
    for (const { path, at } of paths) {
      const inner = await fileMetrics(path, file);
      for (const one of inner.metrics) found.metrics.push({ ...one, at });
      found.ignored.push(...inner.ignored);
    }
    return found;
  },
};

/** An entry is a path, or a mapping of one path to its options. */
function pathOf(item: Tree, folder: string, refuse: Refuse): { path: string; at: number } {
  const path = item.kind === "text" ? item.value : membersOf(item)[0]?.key;
  if (path === undefined) return refuse.shape("An entry of metrics names no file.", "Write a path.", item.at);
  if (path.includes("${"))
    return refuse.shape(
      `The path ${path} holds a variable.`,
      "Name the metric file itself in `metrics` instead of dvc.yaml.",
      item.at,
    );
  return { path: `${folder}${path}`, at: item.at };
}

async function fileMetrics(path: string, file: MetricFile): Promise<FoundFile> {
  const source = await file.open(path);
  const { name } = source;
  const text = decodeText(await readBytes(source, sizeLimit), name);
  const kind = /\.(json|ya?ml|toml)$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined)
    throw new UserError(
      "format-unknown",
      `${name} is neither JSON, YAML nor TOML, which are what DVC reads.`,
      "Write one of the three.",
      { file: name },
    );
  const tree =
    kind === "json" ? jsonTree(text, name) : kind === "toml" ? await tomlTree(text, name) : yamlTree(text, name);
  const found = nestedMetrics(tree, refusals(text, name));
  const lineOf = kind === "toml" ? undefined : lineCounter(text);
  const metrics = found.metrics.map((one) => ({
    ...one,
    elsewhere: { file: name, ...(lineOf === undefined ? {} : { line: lineOf(one.at) }) },
  }));
  return { ...found, metrics };
}
