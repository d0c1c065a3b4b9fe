import { readDelimited } from "../delimited.ts";
import { readJsonFile } from "../json-file.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured, numberOf } from "../number-text.ts";
import { hasKeys, itemsOf, numberAt, textAt } from "../tree-access.ts";

/** Columns as metrics; percentiles are added by their header. */
const taken: Readonly<Record<string, string>> = {
  "Median Response Time": "response_time.median",
  "Average Response Time": "response_time.mean",
  "Max Response Time": "response_time.max",
};

/** `PREFIX_stats.csv` of `locust --csv PREFIX`. */
export const locustFormat: MetricFormat = {
  name: "locust",
  proof: "tool",
  title: "Locust stats CSV",
  usual: ["**/*_stats.csv"],
  example: {
    path: "out/load_stats.csv",
    text: "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,95%,99%,100%\nGET,/predict,200,1,12,13.5,4.0,80.0,120.0,33.1,0.1,12,30,60,80\n,Aggregated,200,1,12,13.5,4.0,80.0,120.0,33.1,0.1,12,30,60,80\n",
  },
  takes:
    "The row `Aggregated` as the whole and every other row as a slice `request=GET /predict`: `response_time.median`, `.mean`, `.max` and `.p95` and the like in ms, `failure_rate` with n; lower is better. `requests_per_second` is shown and not judged unless a gate names it. `N/A` is a metric without a value.",
  detect: ({ columns = [] }) =>
    columns[0] === "Type" && columns[1] === "Name" && columns.includes("Request Count") ? "sure" : undefined,
  read: async (file) => {
    const table = await readDelimited(file);
    const found: FoundFile = { metrics: [], ignored: [] };
    const column = (name: string): number => table.columns.indexOf(name);
    for (let row = 0; row < table.count; row++) {
      const kind = table.cell(row, 0);
      const request = table.cell(row, 1);
      const place =
        kind === "" && request === "Aggregated"
          ? {}
          : { slice: { request: `${kind} ${request}`.trim().slice(0, 200) } };
      const at = table.at(row);
      const add = (
        name: string,
        written: string,
        more: { unit?: string; direction?: "down"; n?: number } = {},
      ): void => {
        const value =
          written === "" || written === "N/A" ? undefined : (numberOf(written) ?? table.number(row, column(name)));
        found.metrics.push({
          at,
          metric: {
            name,
            ...place,
            ...(value === undefined ? { undefined: "not-measured" } : measured(value)),
            ...more,
          },
        });
      };
      const requests = table.number(row, column("Request Count")) ?? 0;
      const failures = table.number(row, column("Failure Count")) ?? 0;
      for (const [index, title] of table.columns.entries()) {
        const percentile = /^(\d+(?:\.\d+)?)%$/.exec(title)?.[1];
        const name =
          taken[title] ??
          (percentile === undefined || percentile === "100" ? undefined : `response_time.p${percentile}`);
        if (name !== undefined) add(name, table.cell(row, index), { unit: "ms", direction: "down", n: requests });
      }
      add("failure_rate", requests > 0 ? String(failures / requests) : "", { direction: "down", n: requests });
      add("requests_per_second", table.cell(row, column("Requests/s")));
    }
    return found;
  },
};

/** `locust --json` and `--json-file`. */
export const locustJsonFormat: MetricFormat = {
  name: "locust-json",
  title: "Locust stats JSON",
  proof: "tool",
  usual: ["**/*locust*.json"],
  example: {
    path: "out/locust.json",
    text: '[{"name": "/predict", "method": "GET", "num_requests": 200, "num_failures": 1, "total_response_time": 2700.0, "max_response_time": 80.0}]\n',
  },
  takes:
    "Each entry as a slice `request=GET /predict`, and all together as the whole: `response_time.mean` and `response_time.max` in ms and `failure_rate` with n; lower is better.",
  detect: ({ json }) => (hasKeys(itemsOf(json)[0], "num_requests", "num_failures", "method") ? "sure" : undefined),
  read: async (file) => {
    const { root, refuse, name } = await readJsonFile(file);
    const found: FoundFile = { metrics: [], ignored: [] };
    const all = { requests: 0, failures: 0, time: 0, longest: 0 };
    const add = (at: number, one: typeof all, place: { slice?: Record<string, string> }): void => {
      const n = one.requests;
      const lower = { ...place, direction: "down", n } as const;
      const share = (total: number) => (n > 0 ? measured(total / n) : { undefined: "not-measured" });
      found.metrics.push(
        { at, metric: { name: "response_time.mean", ...share(one.time), unit: "ms", ...lower } },
        {
          at,
          metric: {
            name: "response_time.max",
            ...(n > 0 ? measured(one.longest) : { undefined: "not-measured" }),
            unit: "ms",
            ...lower,
          },
        },
        { at, metric: { name: "failure_rate", ...share(one.failures), ...lower } },
      );
    };
    for (const entry of itemsOf(root)) {
      const [requests, failures, time, longest] = [
        "num_requests",
        "num_failures",
        "total_response_time",
        "max_response_time",
      ].map((key) => {
        const value = numberAt(entry, key);
        return value === undefined || !(value >= 0)
          ? refuse.shape(`An entry of ${name} has no ${key}.`, "Write it with locust --json-file.", entry.at)
          : value;
      });
      const one = { requests: requests ?? 0, failures: failures ?? 0, time: time ?? 0, longest: longest ?? 0 };
      all.requests += one.requests;
      all.failures += one.failures;
      all.time += one.time;
      all.longest = Math.max(all.longest, one.longest);
      const request = `${textAt(entry, "method") ?? ""} ${textAt(entry, "name") ?? ""}`.trim().slice(0, 200);
      add(entry.at, one, { slice: { request } });
    }
    if (itemsOf(root).length > 0) add(root.at, all, {});
    return found;
  },
};
