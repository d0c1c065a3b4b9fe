/** One step's end, in main or post. */
export interface ActStep {
  job: string;
  step: string;
  stage: string;
  result: string;
}

export interface ActRun {
  exitCode: number | null;
  steps: ActStep[];
  /** By job and step id. */
  outputs: { job: string; step: string; name: string; value: string }[];
  summaries: string[];
  annotations: { level: string; message: string; job: string; properties: Record<string, unknown> }[];
  /** By job id; a matrix leg's is unreliable when another leg failed. */
  jobResults: Record<string, string>;
  /** Output lines without colours and without act's own echo of masked values. */
  log: string;
}

/** act's steps have a terminal, so libraries colour their output. */
const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Reads what `act --json` printed. Lines that are no JSON are kept in the log. */
export function readActLog(text: string, exitCode: number | null): ActRun {
  const run: ActRun = { exitCode, steps: [], outputs: [], summaries: [], annotations: [], jobResults: {}, log: "" };
  const log: string[] = [];
  for (const line of text.split("\n")) {
    const entry = parse(line);
    if (entry === undefined) {
      log.push(line);
      continue;
    }
    const word = (name: string) => (typeof entry[name] === "string" ? entry[name] : "");
    const job = word("jobID") || word("job");
    const command = word("command");
    if (command === "set-output")
      run.outputs.push({ job, step: word("stepID"), name: word("name"), value: word("arg") });
    if (command === "summary") run.summaries.push(word("content"));
    if (command === "error" || command === "warning" || command === "notice") {
      run.annotations.push({ level: command, message: word("arg"), job, properties: Object(entry.kvPairs) });
    }
    if (word("stepResult") !== "")
      run.steps.push({ job, step: word("step"), stage: word("stage"), result: word("stepResult") });
    if (word("jobResult") !== "") run.jobResults[job] = word("jobResult");
    if (command !== "add-mask") log.push(word("msg").trimEnd());
  }
  run.log = log.join("\n").replace(colour, "");
  return run;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return Object(JSON.parse(line));
  } catch {
    return undefined;
  }
}
