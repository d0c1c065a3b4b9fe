/**
 * What nearly every verb and action may load. It stands in the bundle's entry, since the bundler would otherwise copy these
 * modules into each chunk: 40 kB gzipped of the download. `eager` puts a module there without running it before it is asked for.
 */
export const always: readonly (() => Promise<object>)[] = [
  () => import(/* webpackMode: "eager" */ "./flags.ts"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/baselines/accepted"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/documents/artifact-name"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/documents/kinds"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/gates/measured-notes"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/gates/question-conflicts"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/gates/questions"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/gates/slice-columns"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/gates/waivers"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/inputs/fields"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/inputs/problems"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/metrics/mean-of-runs"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/policy/schema"),
  () => import(/* webpackMode: "eager" */ "@metricgate/core/tables/pair"),
  () => import(/* webpackMode: "eager" */ "@metricgate/formats/csv/read-header"),
  () => import(/* webpackMode: "eager" */ "@metricgate/formats/json/fold-json"),
  () => import(/* webpackMode: "eager" */ "@metricgate/github/failure"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/chain/read-document"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/chain/rows-files"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/chain/write-document"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/evaluate/same-rows"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/policy/policy-wanted"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/policy/work-tree-policy"),
  () => import(/* webpackMode: "eager" */ "@metricgate/pipeline/workspace/node-workspace"),
  () => import(/* webpackMode: "eager" */ "@metricgate/report/escape/visible"),
];
