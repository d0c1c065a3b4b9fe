import { UserError } from "@metricgate/core/errors/user-error";

/**
 * What a command never gets: the runner's own services (artifacts, cache, OIDC), GitHub's tokens, the inputs and state of the action, and the
 * files through which a step commands the runner. `NODE_OPTIONS` stays: the runner keeps it out of the command files, it holds no credential,
 * and a training that uses Node may need its memory limit. So do `PATH`, `HOME`, `VIRTUAL_ENV` and `CUDA_*`, or Python would not be found,
 * `RUNNER_TRACKING_ID`, by which the runner ends what a job leaves behind, and what the workflow's author put into `env:` under any other name.
 */
const scrubbed: readonly RegExp[] = [
  /^ACTIONS_/,
  /^(INPUT|STATE)_/,
  /^(GH|GITHUB)_(.*_)?(TOKEN|PAT|SECRET)(_|$)/,
  /^GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|ARTIFACTS)(_|$)/,
];
/** The folder in which the runner keeps its command files, whatever the variable is called. */
const commandFiles = /[\\/]_runner_file_commands[\\/]/;
/** Shorter values are too likely to be equal by chance. */
const secretLength = 16;

function isScrubbed(name: string, value: string): boolean {
  // Windows, and so a runner there, ignores the case of names.
  const upper = name.toUpperCase();
  return scrubbed.some((pattern) => pattern.test(upper)) || commandFiles.test(value);
}

/**
 * The environment of a command: `environment` without what could act for the workflow, then `added`. A token under another name is found by
 * its value and left out too. `passEnv` admits variables again, by exact name. Hygiene, not a wall: a child of the same user can read our memory.
 * @throws UserError `pass-env` for an entry that is no name of a variable
 */
export function scrubbedEnvironment(
  environment: Record<string, string | undefined>,
  passEnv: readonly string[],
  added: Record<string, string>,
): Record<string, string> {
  for (const name of passEnv) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) continue;
    throw new UserError(
      "pass-env",
      `${JSON.stringify(name)} in pass-env is not the name of a variable.`,
      "List exact names, one per line, without patterns or values.",
    );
  }
  const entries = Object.entries(environment).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const secrets = entries
    .filter(([name, value]) => isScrubbed(name, value) && /TOKEN/i.test(name) && value.length >= secretLength)
    .map(([, value]) => value);
  const passed = new Set(passEnv);
  const kept = entries.filter(
    ([name, value]) =>
      passed.has(name) || (!isScrubbed(name, value) && !secrets.some((secret) => value.includes(secret))),
  );
  return { ...Object.fromEntries(kept), ...added };
}
