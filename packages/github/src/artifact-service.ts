import { DefaultArtifactClient } from "@actions/artifact";
import type { ArtifactService } from "./artifact-service-port.ts";

/** The runner's artifact service. This file loads the SDK, so it is imported only where it is used. */
export function artifactService(): ArtifactService {
  return new DefaultArtifactClient();
}
