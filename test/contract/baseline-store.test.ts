import { startGitHubDouble } from "../servers/double/start.ts";
import { describeBaselineStore } from "./baseline-store.suite.ts";
import { artifactPlace, branchPlace, filePlace } from "./store-places.ts";

describeBaselineStore("artifact", async (history) => artifactPlace(await startGitHubDouble(), history));
describeBaselineStore("branch", async (history) => branchPlace(await startGitHubDouble(), history));
describeBaselineStore("file", filePlace);
