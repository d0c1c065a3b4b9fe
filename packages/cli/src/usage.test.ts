import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeInputs } from "@metricgate/core/inputs/describe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "./command-list.ts";
import { checkCommand } from "./commands/check.ts";
import { helpOf, usageOf } from "./usage.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "usage-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(commands))("metricgate %s --help", (name, load) => {
  it("names every flag that the verb takes, once, with its description", async () => {
    const command = await load();
    const described = command.flags === undefined ? [] : describeInputs(command.flags);
    expect(described.every(({ description }) => description !== "")).toBe(true);
    const usage = usageOf(name, command).replace(/\n */g, " ");
    const spoken = [...usage.matchAll(/--(?:no-)?([a-z0-9-]+)/g)].map(([, flag]) => flag);
    expect(spoken).toEqual(described.map((input) => input.name));
    const help = helpOf(name, command);
    for (const { description } of described) expect(help).toContain(description);
    expect(help).toContain(command.summary);
  });
});

it("writes a list with an ellipsis, a switch without a value, and the default", async () => {
  const command = await commands.evaluate();
  expect(usageOf("evaluate", command)).toContain("[--metrics VALUE…]");
  const help = helpOf("deploy", await commands.deploy());
  expect(help).toMatch(/ --rollback {2,}Go back/);
  expect(help).toMatch(/ --no-record {2,}Write a GitHub Deployment with its statuses\. On unless refused\./);
  expect(help).toMatch(/ --accept VALUE .*Default: pass/);
  expect(usageOf("manifest", await commands.manifest())).toMatch(/^metricgate manifest DIR \[--model VALUE\]/);
});

it("check without a policy file points to init", async () => {
  const run = checkCommand.run([], {
    out: () => {},
    environment: {},
    folder,
    colour: false,
    messages: { info: () => {}, warn: () => {} },
  });
  await expect(run).rejects.toMatchObject({
    problems: [{ code: "policy-missing", next: expect.stringContaining("metricgate init") }],
  });
});
