import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], testTimeout: number) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project(
        "unit",
        ["packages/**/*.test.ts", "actions/**/*.test.ts", "test/house/**/*.test.ts", "test/report/**/*.test.ts"],
        30_000,
      ),
      project("contract", ["test/contract/**/*.test.ts", "test/servers/**/*.test.ts"], 60_000),
      project("e2e", ["test/e2e/**/*.test.ts", "test/examples/**/*.test.ts"], 120_000),
      project("oracle", ["test/oracle/**/*.test.ts", "test/formats/**/*.test.ts"], 300_000),
      project("simulation", ["test/simulation/**/*.test.ts"], 600_000),
      project("real", ["test/real/**/*.test.ts"], 300_000),
    ],
  },
});
