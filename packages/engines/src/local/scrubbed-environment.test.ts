import { expect, test } from "vitest";
import { scrubbedEnvironment } from "./scrubbed-environment.ts";

const secret = "ghs_0123456789abcdefghij";

const gone = [
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_RUNTIME_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_CACHE_URL",
  "ACTIONS_CACHE_SERVICE_V2",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_URL",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "GH_ENTERPRISE_TOKEN",
  "GITHUB_ENTERPRISE_TOKEN",
  "GITHUB_API_TOKEN",
  "GITHUB_PAT",
  "INPUT_TOKEN",
  "INPUT_RUN",
  "INPUT_PASS-ENV",
  "STATE_remote",
  "GITHUB_ENV",
  "GITHUB_PATH",
  "GITHUB_OUTPUT",
  "GITHUB_STATE",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_ARTIFACTS",
  "GITHUB_ARTIFACTS_LIST",
  "github_token",
];

test.each(gone)("%s does not reach the command", (name) => {
  expect(scrubbedEnvironment({ [name]: "value", PATH: "/bin" }, [], {})).toEqual({ PATH: "/bin" });
});

test.each([
  "PATH",
  "HOME",
  "VIRTUAL_ENV",
  "LD_LIBRARY_PATH",
  "CUDA_VISIBLE_DEVICES",
  "PYTHONPATH",
  "NODE_OPTIONS",
  "GITHUB_SHA",
  "GITHUB_REPOSITORY",
  "GITHUB_WORKSPACE",
  "RUNNER_TEMP",
  "RUNNER_TRACKING_ID",
  "WANDB_API_KEY",
  "HF_TOKEN",
  "PATIENCE",
])("%s stays", (name) => {
  expect(scrubbedEnvironment({ [name]: "value" }, [], {})).toEqual({ [name]: "value" });
});

test("a command file under another name is found by its folder", () => {
  expect(scrubbedEnvironment({ SUMMARY: "/w/_temp/_runner_file_commands/step_summary_1" }, [], {})).toEqual({});
});

test("a token under another name is found by its value", () => {
  const environment = { GITHUB_TOKEN: secret, MINE: secret, REMOTE: `https://x:${secret}@host`, GITHUB_ACTOR: "ana" };
  expect(scrubbedEnvironment(environment, [], {})).toEqual({ GITHUB_ACTOR: "ana" });
});

test("a short or empty token takes no other variable with it", () => {
  expect(scrubbedEnvironment({ INPUT_TOKEN: "", GH_TOKEN: "1", A: "1" }, [], {})).toEqual({ A: "1" });
});

test("pass-env admits exactly the named variables", () => {
  const environment = { GITHUB_TOKEN: secret, GH_TOKEN: secret, MINE: secret };
  expect(scrubbedEnvironment(environment, ["GITHUB_TOKEN", "NOT_SET"], {})).toEqual({ GITHUB_TOKEN: secret });
});

test.each(["GITHUB_*", "A=b", "", "A B"])("pass-env refuses %j, which is no name", (name) => {
  expect(() => scrubbedEnvironment({}, [name], {})).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code: "pass-env" })] }),
  );
});

test("added variables win, and absent ones are left out", () => {
  expect(scrubbedEnvironment({ A: "old", B: undefined }, [], { A: "new" })).toEqual({ A: "new" });
});
