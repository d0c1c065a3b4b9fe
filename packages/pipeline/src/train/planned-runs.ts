import { MOST_RUNS } from "@metricgate/core/baselines/record-files";
import { UserError } from "@metricgate/core/errors/user-error";

/** One run of the training command: its number from 1, and where it has one its seed and the folder of its model. */
export interface PlannedRun {
  run: number;
  seed?: number;
  path?: string;
  /** What the command learns of it: `METRICGATE_RUN` and `METRICGATE_SEED`. */
  environment: Record<string, string>;
}

/**
 * The runs that `repeat` and `seeds` ask for: one without either; `repeat` alone takes the seeds 1, 2 and so on. `{run}` and `{seed}` in
 * `path` are replaced, so that each run has a folder of its own.
 * @throws UserError `input-invalid`
 */
export function plannedRuns(given: {
  repeat?: number | undefined;
  seeds?: readonly string[] | undefined;
  path?: string | undefined;
}): PlannedRun[] {
  const { path } = given;
  const seeds = seedsOf(given);
  if (seeds.length === 0) {
    if (path !== undefined && placeholder.test(path))
      throw invalid(`path: ${path} names a run or a seed, and neither repeat nor seeds is given`, "Give `seeds`.");
    return [{ run: 1, ...(path === undefined ? {} : { path }), environment: {} }];
  }
  const runs = seeds.map((seed, at): PlannedRun => {
    const run = at + 1;
    const own = path?.replaceAll("{run}", String(run)).replaceAll("{seed}", String(seed));
    const environment = { METRICGATE_RUN: String(run), METRICGATE_SEED: String(seed) };
    return { run, seed, ...(own === undefined ? {} : { path: own }), environment };
  });
  const folders = new Set(runs.map((one) => one.path));
  if (path !== undefined && folders.size < runs.length) {
    const next = "Write `{run}` or `{seed}` into it, such as `out/run-{run}/model`; the command sees METRICGATE_RUN.";
    throw invalid(`path: ${path} is the same folder for ${runs.length} runs, which would overwrite each other`, next);
  }
  return runs;
}

const placeholder = /\{(run|seed)\}/;

function seedsOf({ repeat, seeds }: { repeat?: number | undefined; seeds?: readonly string[] | undefined }): number[] {
  const written = (seeds ?? []).flatMap((line) => line.split(/[\s,]+/)).filter((text) => text !== "");
  const wrong = written.find((text) => !/^-?\d{1,15}$/.test(text));
  if (wrong !== undefined) throw invalid(`seeds: ${wrong} is not a whole number`, "Write such as `1,2,3`.");
  const numbers = written.map(Number);
  if (new Set(numbers).size < numbers.length)
    throw invalid("seeds: a seed stands twice", "Give each run another seed, or nothing is learnt from it.");
  const count = repeat ?? numbers.length;
  if (numbers.length > 0 && numbers.length !== count)
    throw invalid(`repeat is ${count}, and ${numbers.length} seeds are given`, "Give as many seeds as runs.");
  if (count > MOST_RUNS) throw invalid(`${count} runs are asked for, and ${MOST_RUNS} are the most`, "Ask for fewer.");
  return numbers.length > 0 ? numbers : Array.from({ length: count }, (_, at) => at + 1);
}

function invalid(text: string, next: string): UserError {
  return new UserError("input-invalid", text, next);
}
