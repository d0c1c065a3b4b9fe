import { expect } from "vitest";
import { hasChromium } from "./chromium.ts";

/** True when Chromium is installed; where every tier is required, its absence fails. */
export function chromiumThere(): boolean {
  if (hasChromium()) return true;
  expect(process.env.METRICGATE_REQUIRE_REAL, "chromium is required and not installed").not.toBe("1");
  console.warn("not checked: chromium is not installed");
  return false;
}
