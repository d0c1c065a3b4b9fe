// The stock library as every other action bundles it: 3.0.0, because our own copy of 3.0.1 carries a patch.
import { getInput, setOutput } from "@actions/core";

setOutput("status", getInput("model"));
