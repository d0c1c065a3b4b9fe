import { modelName } from "./fields.ts";

/** What an artifact carries from job to job: a model's documents so far, the model itself, or a baseline's record. */
export type ArtifactStage = "evaluation" | "verdict" | "model" | "baseline";

const form = /^metricgate-(?<stage>evaluation|verdict|model|baseline)\.(?<model>.+)\.(?<attempt>[1-9]\d{0,5})$/;

/** The name of the artifact that an attempt of a run uploads for a model. */
export function artifactName(stage: ArtifactStage, model: string, attempt: number): string {
  return `metricgate-${stage}.${model}.${attempt}`;
}

/** The model and the attempt in a name of this stage; nothing where it is of another stage or no such name. */
export function readArtifactName(stage: ArtifactStage, name: string): { model: string; attempt: number } | undefined {
  const { stage: found, model, attempt } = form.exec(name)?.groups ?? {};
  return found === stage && modelName.safeParse(model).success
    ? { model: `${model}`, attempt: Number(attempt) }
    : undefined;
}
