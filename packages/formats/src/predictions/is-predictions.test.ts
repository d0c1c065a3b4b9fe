import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { metricFormats } from "../metric-files/format-list.ts";
import { memorySource } from "../testing/memory-source.ts";
import { isPredictions } from "./is-predictions.ts";

const csv = "id,label,score\n1,0,0.5\n";
const jsonl = '{"id": 1, "y_true": 0, "y_score": NaN}\n{"id": 2, "y_true": 1, "y_score": 0.5}\n';

describe("a prediction table is known from a metric file", () => {
  it.each<[string, string, string | Uint8Array, boolean]>([
    ["CSV by its name", "p.csv", "key,mine,yours\n", true],
    ["CSV by its columns", "out/predictions", csv, true],
    ["TSV by its columns", "rows.txt", csv.replaceAll(",", "\t"), true],
    ["CSV of gzip", "p.csv.gz", gzipSync(csv), true],
    ["CSV of gzip, by its columns", "p.gz", gzipSync(csv), true],
    ["JSON Lines by its name", "p.jsonl", '{"a":1,"b":2}\n', true],
    ["JSON Lines by its keys", "p.json", jsonl, true],
    ["JSON Lines of gzip", "p.ndjson.gz", gzipSync(jsonl), true],
    ["classes in columns", "p.txt", "label:a,label:b,score:a,score:b\n", true],
    ["Parquet by its bytes", "p.bin", Buffer.from("PAR1\x15\x04\x15\x20"), true],
    ["an array by its bytes", "p.bin", Buffer.from("\x93NUMPY\x01\x00", "latin1"), true],
    ["an archive of arrays by its bytes", "p.bin", Buffer.from("PK\x03\x04\x14\0\0\0", "latin1"), true],
    ["a table of metrics", "m.csv", "metric,value\naccuracy,0.9\n", false],
    ["a table of metrics of gzip", "m.csv.gz", gzipSync("metric,value\naccuracy,0.9\n"), false],
    ["a training log", "log.csv", "epoch,val_loss\n0,0.5\n", false],
    ["columns that say nothing", "notes.txt", "one,two\n1,2\n", false],
    ["metrics as JSON", "m.json", '{"accuracy": 0.9, "label": 1}\n', false],
    ["metrics as indented JSON", "m.json", '{\n  "label": 0.9,\n  "score": 1\n}\n', false],
    ["a list of metrics", "m.json", '[{"name": "a", "value": 1}]', false],
    ["lines of name=value", "m.txt", "accuracy=0.9\nloss=1,5\n", false],
    ["nothing", "m.csv", "", false],
  ])("%s", async (_, name, content, expected) => {
    expect(await isPredictions(memorySource(name, content))).toBe(expected);
  });

  it.each(metricFormats.map(({ name, example }) => [name, example] as const))(
    "an example of %s is none",
    async (_, example) => {
      const content = example.text ?? Buffer.from(example.base64 ?? "", "base64");
      expect(await isPredictions(memorySource(example.path, content))).toBe(false);
    },
  );
});
