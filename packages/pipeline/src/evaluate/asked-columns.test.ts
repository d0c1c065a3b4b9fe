import { UserError } from "@metricgate/core/errors/user-error";
import { expect, it } from "vitest";
import { askedColumns } from "./asked-columns.ts";

const policy = {
  predictions: {
    path: "p.csv",
    id: "key",
    query: "topic",
    values: ["judge"],
    task: "ranking" as const,
    slices: ["lang"],
  },
  compute: ["mrr"],
};

it("inputs win over the policy key by key", () => {
  expect(askedColumns({}, undefined)).toEqual({ slices: [] });
  expect(askedColumns({}, policy)).toEqual({
    id: "key",
    query: "topic",
    values: ["judge"],
    task: "ranking",
    slices: ["lang"],
    compute: ["mrr"],
  });
  const columns = ["query = q=1", "values=tokens, cost", "values=latency"];
  expect(askedColumns({ columns, task: "text", compute: ["mean(cost)"] }, policy)).toEqual({
    id: "key",
    query: "q=1",
    values: ["tokens", "cost", "latency"],
    task: "text",
    slices: ["lang"],
    compute: ["mean(cost)"],
  });
});

it.each(["label", "=x", "labels=x", "label=", "values=", "values=a,,b", "slices=x"])(
  "columns: %s is refused with the forms that there are",
  (entry) => {
    const thrown = () => askedColumns({ columns: [entry] }, undefined);
    expect(thrown).toThrow(UserError);
    expect(thrown).toThrow(/label=….*samples=….*values=/);
  },
);
