import { UnavailableError } from "@metricgate/core/errors/unavailable-error";
import { UserError } from "@metricgate/core/errors/user-error";
import { expect, test } from "vitest";
import { targetFault } from "./target-fault.ts";

test.each([
  ["ENOSPC", "The disk is full (ENOSPC)"],
  ["EDQUOT", "The disk quota is used up (EDQUOT)"],
  ["EROFS", "The disk is read-only (EROFS)"],
  ["EACCES", "Access was denied (EACCES)"],
  ["EWHATEVER", "The file system refused (EWHATEVER)"],
])("%s is said in words, with the path and the cause", (code, text) => {
  const cause = Object.assign(new Error("x"), { code });
  const fault = targetFault(cause, "/models/m", "write");
  expect(fault).toBeInstanceOf(UnavailableError);
  expect(fault).toMatchObject({
    cause,
    problems: [{ code: "cannot-write", text: expect.stringContaining(text), where: { file: "/models/m" } }],
  });
});

test.each(["ENOENT", "ENOTDIR", "ENAMETOOLONG"])(
  "%s when reading is a wrong path, when writing a fault of the disk",
  (code) => {
    const cause = Object.assign(new Error("x"), { code });
    expect(targetFault(cause, "/m", "read")).toMatchObject({
      name: "UserError",
      problems: [{ code: "not-there", where: { file: "/m" } }],
    });
    expect(targetFault(cause, "/m", "write")).toMatchObject({
      name: "UnavailableError",
      problems: [{ code: "cannot-write" }],
    });
  },
);

test("only a write speaks of what is live", () => {
  const cause = Object.assign(new Error("x"), { code: "EIO" });
  expect(targetFault(cause, "/m", "read").message).not.toContain("live");
  expect(targetFault(cause, "/m", "write").message).toContain("what was live before still is");
});

test("our own errors and defects pass unchanged", () => {
  const own = new UserError("x", "y", "z");
  const defect = new RangeError("a defect");
  expect(targetFault(own, "/m", "read")).toBe(own);
  expect(targetFault(defect, "/m", "read")).toBe(defect);
});
