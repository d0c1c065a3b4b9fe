import { annotationsOf } from "../../packages/report/src/annotations.ts";
import { renderCheck } from "../../packages/report/src/check.ts";
import { renderComment } from "../../packages/report/src/comment.ts";
import { renderHtml } from "../../packages/report/src/html.ts";
import { renderSummary } from "../../packages/report/src/summary.ts";
import { renderText } from "../../packages/report/src/text.ts";
import { marker } from "./made.ts";
import { manyMetrics } from "./many-metrics.ts";

/** Renders everything about a model of many metrics in a process of its own, and prints what it took as JSON: `measure-render.ts COUNT`. */
const view = manyMetrics(Number(process.argv[2]));
const before = process.cpuUsage();
const lengths = {
  comment: renderComment(view, { marker }).length,
  summary: renderSummary(view).length,
  check: JSON.stringify(renderCheck(view)).length,
  html: renderHtml(view).length,
  text: renderText(view, { colour: false }).length,
  annotations: annotationsOf(view).length,
};
const { user, system } = process.cpuUsage(before);
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ cpuMs: Math.round((user + system) / 1000), mib: memory, lengths })}\n`);
