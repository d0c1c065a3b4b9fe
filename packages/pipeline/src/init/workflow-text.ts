import type { ProjectSteps } from "./project-steps.ts";

/** The quick-start workflow, at most 20 lines. */
export function workflowText(model: string, branch: string, { setup, commands }: ProjectSteps): string {
  const steps = setup.map((line, index) => `      ${index === 0 ? "- " : "  "}${line}\n`).join("");
  const run = commands.map((line) => `          ${line}\n`).join("");
  return `name: model gate
on:
  pull_request:
  push: { branches: [${branch}] } # records the baseline
permissions: { contents: read, actions: read, pull-requests: write }
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { persist-credentials: false }
${steps}      - run: |
${run}      - uses: OWNER/metricgate@v1
        if: \${{ !cancelled() }}
        with: { model: ${model} }
`;
}
