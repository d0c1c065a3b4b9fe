import { markdownTable } from "markdown-table";
import { clopperPearson } from "../../packages/core/src/statistics/clopper-pearson.ts";
import type { Counted } from "./counts-file.ts";
import { COVERAGE, changeLimits, limitsOf, MOST_WRONG } from "./limits.ts";
import { type ChangeSetting, type HistorySetting, type PartsSetting, settings } from "./settings.ts";
import { errorOf, NOTHING, shareOf, type Tally } from "./tally.ts";

type Counts = Readonly<Record<string, Counted>>;

const percent = (share: number, digits = 2) => (100 * share).toFixed(digits);

/** Digits in groups of three. */
const whole = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** A share in percent with its standard error. */
function shown(count: number, tally: Tally): string {
  const share = shareOf(count, tally);
  return `${percent(share)} ± ${percent(errorOf(share, tally))}`;
}

const changes = settings.filter((one): one is ChangeSetting => one.kind === "change");
const parts = settings.filter((one): one is PartsSetting => one.kind === "slices" || one.kind === "fairness");
const histories = settings.filter((one): one is HistorySetting => one.kind === "history");

/** The tables of the page, and the populations. */
export function simulationTables(counts: Counts): string {
  const of = (id: string) => counts[id]?.all ?? NOTHING;
  const sections = [
    ["One gate over all rows", `${changeTable(false, of)}\n\n${worstSentences(of)}`],
    ["Fifty equal slices, and equal groups", partsTable(of)],
    ["Past values", historyTable(of)],
    ["Harder populations", `${hardSentence(of)}\n\n${changeTable(true, of)}`],
    ["The populations", populationList()],
  ];
  return sections.map(([title, text]) => `## ${title}\n\n${text}\n`).join("\n");
}

type TallyOf = (id: string) => Tally;

function changeTable(hard: boolean, of: TallyOf): string {
  const head = [
    "population",
    "rows",
    "runs each",
    "equal: **failed** %",
    "equal: passed %",
    "at the margin: **passed** %",
    "at the margin: failed %",
    "coverage %, equal",
    "coverage %, at the margin",
  ];
  const rows = changes
    .filter((one) => one.hard === hard && one.truth === "equal")
    .map(({ population, n }) => {
      const equal = of(`${population.id} ${n} equal`);
      const atMargin = of(`${population.id} ${n} at-margin`);
      return [
        population.id,
        whole(n),
        whole(equal.runs),
        shown(equal.fail, equal),
        percent(shareOf(equal.pass, equal), 1),
        shown(atMargin.pass, atMargin),
        percent(shareOf(atMargin.fail, atMargin), 1),
        shown(equal.covered, equal),
        shown(atMargin.covered, atMargin),
      ];
    });
  return markdownTable([head, ...rows], { align: ["l", ...head.slice(1).map(() => "r")] });
}

/** The worst cells in words, and whether the error of the simulation leaves room for more than the limit. */
function worstSentences(of: TallyOf): string {
  const wrong = changes.flatMap((setting) => {
    if (setting.hard) return [];
    const tally = of(setting.id);
    const count = setting.truth === "equal" ? tally.fail : tally.pass;
    const { high } = clopperPearson(count, tally.runs, 0.95);
    return [{ id: setting.id, truth: setting.truth, share: shareOf(count, tally), high }];
  });
  const covered = changes.flatMap((setting) => {
    if (setting.hard) return [];
    const found = changeLimits(setting, of(setting.id)).find(({ what }) => what === "covered");
    return found === undefined ? [] : [{ id: setting.id, share: found.share }];
  });
  const most = (truth: string) =>
    wrong.filter((one) => one.truth === truth).reduce((top, one) => (one.share > top.share ? one : top));
  const cell = ({ id, share }: { id: string; share: number }) => `${percent(share)} % (${id})`;
  const sorted = [...covered].sort((a, b) => a.share - b.share);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined) throw new RangeError("no cell has a coverage");
  const open = wrong.filter(({ high }) => high > MOST_WRONG);
  return [
    `Most equal models failed: ${cell(most("equal"))}. Most models at the margin passed: ${cell(most("at-margin"))}.`,
    `Coverage from ${cell(lowest)} to ${cell(highest)}.`,
    open.length === 0
      ? `In all ${wrong.length} cells the 95 % interval of the share of wrong verdicts (Clopper and Pearson 1934) ends below 3 %.`
      : `In ${wrong.length - open.length} of ${wrong.length} cells the 95 % interval of the share of wrong verdicts (Clopper and Pearson 1934) ends below 3 %; in ${open.map(({ id, high }) => `${id} it ends at ${percent(high)} %`).join(", in ")}.`,
  ].join("\n");
}

/** How far the harder cells go, which keep the limits too. */
function hardSentence(of: TallyOf): string {
  const cells = changes.filter(({ hard }) => hard);
  const most = (truth: string) => {
    const wrong = cells.flatMap((one) => {
      if (one.truth !== truth) return [];
      const tally = of(one.id);
      return [{ id: one.id, share: shareOf(truth === "equal" ? tally.fail : tally.pass, tally) }];
    });
    const { id, share } = wrong.reduce((top, one) => (one.share > top.share ? one : top));
    return `${percent(share)} % (${id})`;
  };
  return [
    `The limits of the wrong verdicts hold here too; intervals hold the true change in at least ${percent(COVERAGE.low, 0)} %, and may be wider than they say.`,
    `Most equal models failed: ${most("equal")}. Most models at the margin passed: ${most("at-margin")}.`,
  ].join(" ");
}

function partsTable(of: TallyOf): string {
  const head = ["population", "gate", "rows", "runs", "any **failed** %", "limit %", "coverage % in a slice"];
  const rows = parts.map((setting) => {
    const { id, kind, population, parts: count, rows: size } = setting;
    const tally = of(id);
    const gate = kind === "slices" ? `${count} slices, margin 0` : `fairness over ${count} groups, difference-max 0.01`;
    const [limit] = limitsOf(setting, tally);
    return [
      population.id,
      gate,
      `${count} × ${size}`,
      whole(tally.runs),
      shown(tally.fail, tally),
      percent(limit?.high ?? 0, 0),
      kind === "slices" ? percent(tally.covered / (tally.runs * count)) : "",
    ];
  });
  return markdownTable([head, ...rows], { align: ["l", "l", "r", "r", "r", "r", "r"] });
}

function historyTable(of: TallyOf): string {
  const rows = histories.map(({ id, n }) => {
    const tally = of(id);
    return [String(n), whole(tally.runs), shown(tally.fail, tally)];
  });
  return markdownTable([["past values", "runs", "next value **outside** %"], ...rows], { align: ["r", "r", "r"] });
}

function populationList(): string {
  const all = new Map(changes.map(({ population }) => [population.id, population]));
  return [...all.values()].map(({ id, about }) => `- **${id}**: ${about}.`).join("\n");
}
