import { expect, it } from "vitest";
import { z } from "zod";
import { parseFlags } from "../flags.ts";
import { extra } from "./extra-flags.ts";

const flags = z.strictObject({ at: extra.at });

it.each(["nonsense", "2026-12-15", "2026-12-15T12:00"])("--at %s is refused, with an example", (at) => {
  expect(() => parseFlags(flags, ["--at", at], 0)).toThrow(
    `the flag \`at\` is not a date and time such as 2026-11-20T12:00:00Z: "${at}"`,
  );
});

it("--at takes a date and time, with Z or an offset", () => {
  expect(parseFlags(flags, ["--at", "2026-12-15T12:00:00+01:00"], 0).flags).toEqual({
    at: "2026-12-15T12:00:00+01:00",
  });
});
