/**
 * What nearly every verb and action loads. The bundle's entry imports it, since the bundler would otherwise
 * copy these modules into each chunk: it took 25 kB gzipped from the download and leaves the gate's start as it was.
 */
import "@metricgate/core/baselines/accepted";
import "@metricgate/core/documents/kinds";
import "@metricgate/core/gates/question-conflicts";
import "@metricgate/core/gates/questions";
import "@metricgate/core/gates/slice-columns";
import "@metricgate/core/gates/waivers";
import "@metricgate/core/inputs/fields";
import "@metricgate/core/inputs/problems";
import "@metricgate/core/metrics/mean-of-runs";
import "@metricgate/core/policy/schema";
import "@metricgate/core/tables/pair";
import "@metricgate/formats/json/fold-json";
import "@metricgate/pipeline/chain/rows-files";
import "@metricgate/pipeline/chain/write-document";
import "@metricgate/pipeline/evaluate/same-rows";
import "@metricgate/pipeline/workspace/node-workspace";
import "@metricgate/report/escape/visible";
