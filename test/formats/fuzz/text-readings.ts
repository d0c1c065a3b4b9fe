import { place, type Reading } from "./json-readings.ts";

/* What the formats of lines and tables say, read a second time by cutting lines, as far as no cell is quoted. */

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
const numberIn = (text: string): number | undefined => finite(Number(text));

const rowsOf = (text: string): string[][] => {
  const lines = text.split(/\r\n|\n/);
  const [first = ""] = lines;
  const delimiter = ["\t", ";", ","].find((one) => first.includes(one)) ?? ",";
  return lines.filter((line) => line !== "").map((line) => line.split(delimiter).map((cell) => cell.trim()));
};

/** The last cell that is not empty of every column. */
function lastCells(text: string, leave: readonly string[]): [string, number | undefined][] {
  const [head = [], ...rows] = rowsOf(text);
  return head.flatMap((name, column): [string, number | undefined][] => {
    const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell !== "");
    const last = cells.at(-1);
    return name === "" || leave.includes(name) || last === undefined ? [] : [[name, numberIn(last)]];
  });
}

const training = (pairs: [string, number | undefined][]): [string, number | undefined][] =>
  pairs.map(([name, value]) => [pairs.some(([other]) => other === `val_${name}`) ? `train_${name}` : name, value]);
const named = (pairs: readonly [string, number | undefined][]): Reading =>
  new Map(pairs.map(([name, value]) => [place(name), value]));

const readings: Readonly<Record<string, (text: string, path: string) => Reading>> = {
  "key-value": (text) =>
    named(
      text
        .split("\n")
        .filter((line) => line.trim() !== "" && !line.trim().startsWith("#"))
        .map((line) => {
          const at = line.indexOf("=");
          return [
            line
              .slice(0, at)
              .trim()
              .replace(/^export\s+/, ""),
            numberIn(line.slice(at + 1).trim()),
          ];
        }),
    ),
  table: (text) => {
    const rows = rowsOf(text);
    const roles = (rows[0] ?? []).map((cell) => cell.toLowerCase().replace(/^(name|key)$/, "metric"));
    const headed = roles.includes("metric") && roles.includes("value");
    const [name, value] = headed ? [roles.indexOf("metric"), roles.indexOf("value")] : [0, 1];
    return named(
      (headed ? rows.slice(1) : rows).map((row) => {
        const cell = row[value] ?? "";
        return [row[name] ?? "", cell === "" ? undefined : numberIn(cell)];
      }),
    );
  },
  "mlflow-file": (text, path) => {
    const rows = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => line.trim().split(" "))
      .map(([time, value, step = "0"]) => [Number(step), Number(time), Number(value)] as const);
    const best = rows.reduce((a, b) =>
      b[0] > a[0] || (b[0] === a[0] && (b[1] > a[1] || (b[1] === a[1] && !(b[2] < a[2])))) ? b : a,
    );
    return named([[/\/metrics\/(.+)$/.exec(path)?.[1] ?? path, finite(best[2])]]);
  },
  "lightning-csv": (text) => named(lastCells(text, ["step", "epoch"])),
  "keras-csv": (text) => named(training(lastCells(text, ["epoch"]))),
  ultralytics: (text) => named(lastCells(text, ["epoch", "time"])),
  "catboost-tsv": (text) => named(lastCells(text, ["iter"]).map(([name, value]) => [`test.${name}`, value])),
  locust: (text) => {
    const [head = [], ...rows] = rowsOf(text);
    const found: Reading = new Map();
    for (const row of rows) {
      const cell = (title: string): string => row[head.indexOf(title)] ?? "";
      const [kind = "", name = ""] = row;
      const slice: Record<string, string> =
        kind === "" && name === "Aggregated" ? {} : { request: `${kind} ${name}`.trim().slice(0, 200) };
      const set = (metric: string, written: string) =>
        found.set(place(metric, slice), written === "" || written === "N/A" ? undefined : numberIn(written));
      for (const [column, title] of head.entries()) {
        const word = /^(Median|Average|Max) Response Time$/.exec(title)?.[1];
        const names: Record<string, string> = { Median: "median", Average: "mean", Max: "max" };
        const percent = /^(\d+(\.\d+)?)%$/.exec(title)?.[1];
        if (word !== undefined) set(`response_time.${names[word]}`, row[column] ?? "");
        else if (percent !== undefined && percent !== "100") set(`response_time.p${percent}`, row[column] ?? "");
      }
      const [requests, failures] = [Number(cell("Request Count")), Number(cell("Failure Count"))];
      set("failure_rate", requests > 0 ? String(failures / requests) : "");
      set("requests_per_second", cell("Requests/s"));
    }
    return found;
  },
  "dvclive-tsv": (text, path) => {
    const name = /plots\/metrics\/(.+)\.tsv$/.exec(path)?.[1] ?? path;
    return named(
      lastCells(text, ["step", "timestamp"])
        .slice(-1)
        .map(([, value]) => [name.replaceAll("/", "."), value]),
    );
  },
};

/** Whether a format has a second reading here for this text. */
export const hasTextReading = (format: string, text: string): boolean =>
  Object.hasOwn(readings, format) &&
  !text.includes('"') &&
  (format === "key-value" || !/\t.*[,;]|;.*[,\t]|,.*[\t;]/.test(text.split("\n", 1)[0] ?? ""));

/** The second reading of a text. */
export function textReading(format: string, text: string, path: string): Reading {
  const reading = readings[format];
  if (reading === undefined) throw new Error(`no reading of ${format}`);
  return reading(text.replace(/^\ufeff/, ""), path);
}
