/** The quick-start workflow, at most 20 lines. */
export function workflowText(model: string): string {
  return `name: model gate
on:
  pull_request:
  push: { branches: [main] } # records the baseline
permissions: { contents: read, actions: read, pull-requests: write }
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { persist-credentials: false }
      - uses: actions/setup-python@v6
        with: { python-version: "3.13" }
      - run: |
          pip install -r requirements.txt
          python train.py && python evaluate.py
      - uses: OWNER/metricgate@v1
        if: \${{ !cancelled() }}
        with: { model: ${model} }
`;
}
