import { getInput, setOutput } from "@actions/core";

setOutput("status", getInput("model"));
