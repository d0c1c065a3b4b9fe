import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { hasDecimalComma, looksLikeNumber, measured } from "../number-text.ts";
import { openEnd } from "../open-end.ts";
import { refusals } from "../refuse.ts";

const pair = /^\s*(?:export\s+)?([^=]+?)\s*=\s*(.*?)\s*$/;

/** Lines of `name = value`. */
export const keyValueFormat: MetricFormat = {
  name: "key-value",
  proof: "own",
  title: "Lines of name=value",
  usual: ["**/*metrics*.txt", "**/*metrics*.env"],
  example: { path: "out/metrics.txt", text: "# of the test set\naccuracy = 0.93\nlog_loss=0.21\n" },
  takes:
    "Every line `name = number`; blank lines and remarks behind `#` are passed over, and any other line is an error.",
  detect: ({ text = "", json, path }) => {
    if (/\.(json|ya?ml|toml|[ct]sv)$/i.test(path)) return undefined;
    const first = text.split("\n").find((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
    return json === undefined && /^[^=:,\t]+=\s*\S/.test(first ?? "") ? "likely" : undefined;
  },
  read: async (file) => {
    const text = await file.text();
    const { name: path } = file.source;
    const refuse = refusals(text, path);
    const found: FoundFile = { metrics: [], ignored: [], notes: openEnd(text, path) };
    let at = 0;
    for (const line of text.split("\n")) {
      const [, name, written = ""] = pair.exec(line) ?? [];
      const value = written.replace(/\s+#.*$/, "");
      if (line.trim() !== "" && !line.trimStart().startsWith("#")) {
        if (name === undefined)
          return refuse.shape(
            `A line of ${path} is not name = value.`,
            "Write one metric a line, and remarks after #.",
            at,
          );
        if (hasDecimalComma(value)) return refuse.decimalComma(name, value, at);
        if (!looksLikeNumber(value)) return refuse.field(name, "value", "a number", at);
        found.metrics.push({ at, metric: { name, ...measured(Number(value)) } });
      }
      at += line.length + 1;
    }
    return found;
  },
};
