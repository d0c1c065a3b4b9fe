import { metricFormats } from "@metricgate/formats/metric-files/format-list";
import { event, recordFile, simpleValue, version } from "@metricgate/formats/testing/event-file";

/** A file that is read whole, to be changed. */
export interface Seed {
  path: string;
  bytes: Uint8Array;
}

const text = (path: string, content: string): Seed => ({ path, bytes: Buffer.from(content, "utf8") });

const more: readonly Seed[] = [
  text(
    "out/metrics.json",
    '{"a": {"b": {"accuracy": 9.3e-1, "loss": null}}, "caf\\u00e9": -0.5, "list": [1, 2], "note": "x", "ok": true}',
  ),
  text(
    "out/metrics.json",
    '{"kind": "metricgate/evaluation@1", "metrics": [{"name": "p95", "slice": {"c": "BR"}, "value": 12, "direction": "near", "target": 10, "unit": "ms", "n": 96, "stderr": 0.5, "interval": {"low": 11, "high": 13, "level": 0.95, "method": "t"}, "repeats": [12, 12.5]}, {"name": "x", "undefined": "no-positives"}]}',
  ),
  text(
    "out/results.json",
    '{"results": {"mmlu": {"alias": "mmlu", "acc,none": 0.5, "acc_stderr,none": 0.01}, "gsm8k": {"alias": "gsm8k", "exact_match,strict-match": 0.4, "exact_match,flexible-extract": 0.45}}, "groups": {"mmlu": {"alias": "mmlu", "acc,none": 0.5}}, "higher_is_better": {"mmlu": {"acc": true}, "gsm8k": {"exact_match": true}}, "n-samples": {"gsm8k": {"original": 1319, "effective": 100}}, "config": {"limit": 100}, "task_hashes": {}}',
  ),
  text(
    "out/report.json",
    '{"a": {"precision": 0.5, "recall": NaN, "f1-score": 0.6, "support": 2.0}, "accuracy": 0.75, "macro avg": {"precision": 0.5, "recall": 0.5, "f1-score": 0.5, "support": 4}}',
  ),
  text(
    "out/metrics.yaml",
    "# made by eval\ntest:\n  accuracy: 9.3e-1\n  by:\n    cat: 0o17\n    dog: .5\n  loss: null\n  seen: [1, 2]\nname: yes\nrate: -1\n",
  ),
  text(
    "out/metrics.toml",
    'name = "x"\nseen = 1_000\n[test]\naccuracy = 0.93\nbig = 1e3\nwhen = 2026-11-21\nby = { cat = 0.5, dog = 7 }\n[[parts]]\na = 1\n',
  ),
  text(
    "out/junit.xml",
    "<?xml version='1.0'?><testsuites><testsuite name='e'><properties><property name='rows' value='500'/></properties><testcase name='a&amp;b'><properties><property name='acc'>0.5</property><property name='who' value='me'/></properties><failure>x</failure></testcase><testcase name='c'><properties><property name='acc' value='1e-3'/></properties></testcase></testsuite></testsuites>\n",
  ),
  text("out/metrics.csv", '"metric","value","direction","stderr","n"\n"a ""b""",0.5,up,0.1,10\nloss,,down,,\n'),
  text("m.env", "# x\nexport accuracy=0.93\n\nlog_loss = 2.1e-1\nr2=-0.5\n"),
  {
    path: "runs/a/events.out.tfevents.1",
    bytes: recordFile([
      version(),
      ...[1, 2, 3, 4].map((step) => event(step, [simpleValue("loss", 1 / step), simpleValue("acc", step / 8)])),
    ]),
  },
];

/** The examples of all formats, and files with more of what they can hold. */
export const metricSeeds: readonly Seed[] = [
  ...metricFormats.map(({ example }) => ({
    path: example.path,
    bytes:
      example.base64 === undefined ? Buffer.from(example.text ?? "", "utf8") : Buffer.from(example.base64, "base64"),
  })),
  ...more,
];
