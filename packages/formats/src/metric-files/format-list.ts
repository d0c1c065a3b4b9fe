import { catboostJsonFormat, catboostTsvFormat } from "./formats/catboost.ts";
import { dvcYamlFormat } from "./formats/dvc-yaml.ts";
import { dvcliveFormat, dvcliveTsvFormat } from "./formats/dvclive.ts";
import { evidentlyFormat } from "./formats/evidently.ts";
import { hfResultsFormat, hfStateFormat } from "./formats/hf-trainer.ts";
import { kerasCsvFormat, lightningFormat, ultralyticsFormat } from "./formats/history-csv.ts";
import { historyJsonFormat } from "./formats/history-json.ts";
import { jsonFormat } from "./formats/json.ts";
import { junitFormat } from "./formats/junit.ts";
import { k6Format } from "./formats/k6.ts";
import { keyValueFormat } from "./formats/key-value.ts";
import { lmEvalFormat } from "./formats/lm-eval.ts";
import { locustFormat, locustJsonFormat } from "./formats/locust.ts";
import { metricgateFormat } from "./formats/metricgate.ts";
import { mlflowFileFormat } from "./formats/mlflow-file.ts";
import { mlflowSqliteFormat } from "./formats/mlflow-sqlite.ts";
import { promptfooFormat } from "./formats/promptfoo.ts";
import { pytestBenchmarkFormat } from "./formats/pytest-benchmark.ts";
import { sklearnCvFormat } from "./formats/sklearn-cv.ts";
import { sklearnReportFormat } from "./formats/sklearn-report.ts";
import { tableFormat } from "./formats/table.ts";
import { tensorboardFormat } from "./formats/tensorboard.ts";
import { tomlFormat } from "./formats/toml.ts";
import { wandbSummaryFormat } from "./formats/wandb-summary.ts";
import { yamlFormat } from "./formats/yaml.ts";
import type { MetricFormat } from "./metric-format.ts";

/** Every format of metric files. Among those that are likely the first one reads, so the plain ones stand last. */
export const metricFormats: readonly MetricFormat[] = [
  metricgateFormat,
  lmEvalFormat,
  hfResultsFormat,
  hfStateFormat,
  sklearnReportFormat,
  sklearnCvFormat,
  promptfooFormat,
  mlflowFileFormat,
  mlflowSqliteFormat,
  wandbSummaryFormat,
  tensorboardFormat,
  dvcYamlFormat,
  dvcliveFormat,
  dvcliveTsvFormat,
  evidentlyFormat,
  pytestBenchmarkFormat,
  junitFormat,
  k6Format,
  locustFormat,
  locustJsonFormat,
  catboostJsonFormat,
  catboostTsvFormat,
  ultralyticsFormat,
  lightningFormat,
  kerasCsvFormat,
  historyJsonFormat,
  tableFormat,
  tomlFormat,
  jsonFormat,
  keyValueFormat,
  yamlFormat,
];
