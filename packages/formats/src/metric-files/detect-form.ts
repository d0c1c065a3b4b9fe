/** How a metric file is written, by its content and then its name; undefined when neither tells. */
export function detectForm(text: string, name: string): "json" | "yaml" | "table" | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  const start = /\S/.exec(text)?.[0];
  if (ending === "yaml" || ending === "yml") return "yaml";
  if (start === "{" || start === "[" || ending === "json") return "json";
  if (ending === "csv" || ending === "tsv") return "table";
  const first = /\S.*/.exec(text)?.[0] ?? "";
  if (/^[^:]*[,\t]/.test(first)) return "table";
  if (/^(---|#|[^:]+:(\s|$))/.test(first)) return "yaml";
  return undefined;
}
