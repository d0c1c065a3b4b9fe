import { afterEach } from "vitest";
import type { Project } from "./project.ts";

const started: Project[] = [];

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

/** Stops a project, and removes its folder, when the test that started it has ended. */
export function keep<T extends Project>(made: T): T {
  started.push(made);
  return made;
}
