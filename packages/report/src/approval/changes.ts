import { named, type Sentence, said, words } from "../content/piece.ts";
import { count, plural } from "../format/number.ts";
import type { ApprovalView } from "./approval-view.ts";

/** Files by what they stand for. */
const kinds: readonly { what: string; is: RegExp }[] = [
  {
    what: "Dependencies",
    is: /(^|\/)((requirements|constraints)[^/]*\.txt|pyproject\.toml|setup\.(py|cfg)|Pipfile(\.lock)?|(uv|poetry|pdm|Cargo)\.lock|Cargo\.toml|package(-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|environment\.ya?ml|conda-lock\.ya?ml|renv\.lock|go\.(mod|sum)|([^/]*\.)?Dockerfile[^/]*)$/i,
  },
  { what: "Data", is: /(^|\/)(dvc\.lock|dvc\.yaml|[^/]+\.dvc|[^/]+\.(csv|tsv|parquet|arrow|jsonl|npy|npz))$/i },
  { what: "Workflows and policy", is: /^\.github\// },
];

/** `src/a.py`, `src/b.py` and 3 more. */
function listed(paths: readonly string[]): Sentence {
  const shown = paths.slice(0, 4);
  const more = paths.length - shown.length;
  return [
    ...shown.flatMap((path, at): Sentence => (at === 0 ? [named(path)] : [words(", "), named(path)])),
    ...(more > 0 ? [words(` and ${count(more)} more`)] : []),
  ];
}

function fileLines({ code, pins }: ApprovalView): Sentence[] {
  if (code === undefined) return [];
  let rest = code.files;
  const lines: Sentence[] = [];
  for (const { what, is } of kinds) {
    const mine = rest.filter((path) => is.test(path));
    rest = rest.filter((path) => !is.test(path));
    if (mine.length > 0)
      lines.push([words(`${what}: `), ...listed(mine), ...(what === "Dependencies" ? pinText(pins) : [])]);
  }
  if (rest.length > 0) lines.push([words("Other files: "), ...listed(rest)]);
  if (!code.complete) lines.push([words("More files differ than are listed here.")]);
  return lines;
}

/** `: lightgbm 4.5.0 → 4.6.0, numpy new 2.1.0` */
function pinText(pins: ApprovalView["pins"]): Sentence {
  if (pins === undefined || pins.length === 0) return [];
  const shown = pins.slice(0, 10);
  const more = pins.length - shown.length;
  return [
    words(": "),
    ...shown.flatMap(({ name, before, after }, at): Sentence => {
      const to = after === undefined ? "gone" : after;
      const text = before === undefined ? `${name} ${to} (new)` : `${name} ${before} → ${to}`;
      return at === 0 ? [named(text)] : [words(", "), named(text)];
    }),
    ...(more > 0 ? [words(` and ${count(more)} more`)] : []),
  ];
}

/** What differs from the live version besides the metrics: commits, data, dependencies, files; each line is complete. */
export function changeLines(view: ApprovalView): Sentence[] {
  const { code, model, live } = view;
  const commits = (code?.commits ?? [])
    .slice(0, 10)
    .map(({ sha, title }): Sentence => [{ kind: "commit", sha }, words(" "), said(title)]);
  const left = (code?.total ?? 0) - commits.length;
  return [
    ...commits,
    ...(left > 0 ? [[words(`and ${plural(left, "more commit")}`)]] : []),
    ...dataLine(
      model.verdict?.candidate.evalSet?.id,
      live.known === "compared" && live.side === "baseline" ? model.baseline?.evalSet?.id : undefined,
    ),
    ...trainedLine(view),
    ...fileLines(view),
  ];
}

function dataLine(mine: string | undefined, theirs: string | undefined): Sentence[] {
  if (mine === undefined || theirs === undefined) return [];
  return [
    mine === theirs
      ? [words("Eval set: "), named(mine), words(", the same name")]
      : [words("Eval set: "), named(theirs), words(" → "), named(mine)],
  ];
}

/** Another training record is another training; without both nothing is said. */
function trainedLine({ model, live }: ApprovalView): Sentence[] {
  const mine = model.candidate?.train;
  const theirs = live.known === "compared" && live.side === "baseline" ? model.baseline?.train : undefined;
  if (mine === undefined || theirs === undefined) return [];
  return [
    [
      words(
        mine === theirs
          ? "Training: the same record as the live version's"
          : "Training: another run than the live version's",
      ),
    ],
  ];
}
