// Cuts the published table down to the columns that the example uses and splits it, always in the same way.
// Usage: node data/derive.mjs path/to/birdstrikes.csv
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const expected = "45777edf69984b37599e73dbfb34dbc976055243547407214261a4fcb9466462";
const path = process.argv[2];
if (path === undefined) {
  console.error(
    "Name the source: node data/derive.mjs path/to/birdstrikes.csv (data/README.md says where it comes from).",
  );
  process.exit(2);
}
const bytes = readFileSync(path);
const found = createHash("sha256").update(bytes).digest("hex");
if (found !== expected) {
  console.error(`${path} is another table: SHA-256 ${found}, expected ${expected}.`);
  process.exit(2);
}

const [head, ...lines] = bytes.toString("utf8").trimEnd().split(/\r?\n/);
const names = head.split(",");
const business = new Set(["BUSINESS", "PRIVATELY OWNED", "EXECUTIVE JET AVIATION"]);

const operatorClass = (operator) =>
  operator === "MILITARY" ? "military" : business.has(operator) ? "business" : "airline";

const columns = {
  date: (row) => row["Flight Date"].slice(0, 7),
  phase: (row) => row["Phase of flight"],
  wildlife_size: (row) => row["Wildlife Size"],
  wildlife_species: (row) => row["Wildlife Species"],
  time_of_day: (row) => row["Time of day"],
  speed: (row) => row["Speed IAS in knots"],
  operator: (row) => row["Aircraft Airline Operator"],
  operator_class: (row) => operatorClass(row["Aircraft Airline Operator"]),
  damage: (row) => (row["Effect Amount of damage"] === "None" ? "none" : "damage"),
};

const header = ["id", ...Object.keys(columns)].join(",");
const train = [header];
const evaluation = [header];
lines.forEach((line, index) => {
  const cells = line.split(",");
  if (cells.length !== names.length)
    throw new Error(`line ${index + 2}: ${cells.length} cells, expected ${names.length}`);
  const row = Object.fromEntries(names.map((name, at) => [name, cells[at]]));
  const id = String(index + 1);
  const side = createHash("sha256").update(id).digest()[0] < 128 ? evaluation : train;
  side.push([id, ...Object.values(columns).map((column) => column(row))].join(","));
});
writeFileSync(new URL("train.csv", import.meta.url), `${train.join("\n")}\n`);
writeFileSync(new URL("eval.csv", import.meta.url), `${evaluation.join("\n")}\n`);
console.log(`train.csv: ${train.length - 1} rows, eval.csv: ${evaluation.length - 1} rows`);
