import { error, notice, summary, warning } from "@actions/core";
import type { Publisher } from "@metricgate/pipeline/report/publisher";
import type { RunnerPorts } from "./runner-ports.ts";

/** What each part needs from the job's token, as its line under `permissions:`. */
const needs = {
  comment: { permission: "pull-requests: write", what: "comment on the pull request" },
  check: { permission: "checks: write", what: "make a check run" },
  html: { permission: "actions: write", what: "upload the HTML report" },
};

/** What the parts of a report are posted with. */
export type PublisherPorts = Pick<RunnerPorts, "runner" | "change" | "workspace" | "client" | "artifacts">;

/** Posts a report to the job summary, the annotations, the pull request, a check run and the run's artifacts. */
export async function runnerPublisher(ports: PublisherPorts): Promise<Publisher> {
  const { runner, change, workspace } = ports;
  const { explainFailure } = await import("@metricgate/github/failure");
  const run = change.run;
  return {
    async summary(markdown) {
      await summary.addRaw(markdown).write();
    },
    annotate(annotations) {
      const say = { error, warning, notice };
      for (const { level, text, file, line } of annotations) {
        say[level](text, {
          title: "metricgate",
          ...(file === undefined ? {} : { file }),
          ...(line === undefined ? {} : { startLine: line }),
        });
      }
    },
    ...(run === undefined || runner.repository === undefined
      ? {}
      : {
          comment: async (draft) => {
            const { markerOf, upsertComment } = await import("@metricgate/github/comment");
            return upsertComment(await ports.client(), {
              repo: runner.repository ?? "",
              number: change.pullRequest ?? 0,
              marker: markerOf(run.workflow, draft.key),
              head: change.headSha ?? "",
              run,
              text: draft.summary,
              body: draft.body,
            });
          },
          check: async (draft) => {
            const { upsertCheck } = await import("@metricgate/github/check");
            await upsertCheck(await ports.client(), {
              repo: runner.repository ?? "",
              headSha: change.headSha ?? change.sha ?? "",
              name: "metricgate",
              externalId: `metricgate ${run.workflow}`,
              ...draft,
            });
          },
        }),
    ...(runner.hasArtifacts && run !== undefined
      ? {
          html: async (path) => {
            const id = await (await ports.artifacts()).uploadFile(
              await workspace.resolve(path),
              path.split("/").slice(-2).join("-").replace("-report.html", `-${run.attempt}.html`),
            );
            return id === undefined || runner.repository === undefined
              ? undefined
              : `${runner.serverUrl}/${runner.repository}/actions/runs/${run.id}/artifacts/${id}`;
          },
        }
      : {}),
    explain(thrown, what) {
      const { text, next } = explainFailure(thrown, needs[what], {
        ...(change.fork === undefined ? {} : { fork: change.fork }),
        ...(change.dependabot === undefined ? {} : { dependabot: change.dependabot }),
      });
      return `${text} ${next}`;
    },
  };
}

/** The links of a report, built from the runner's own ids. */
export function runnerLinks({ runner, change }: RunnerPorts): { repository?: string; run?: string } {
  if (runner.repository === undefined) return {};
  const repository = `${runner.serverUrl}/${runner.repository}`;
  return { repository, ...(change.run === undefined ? {} : { run: `${repository}/actions/runs/${change.run.id}` }) };
}
