import type { World } from "./route.ts";

/** The commit that a branch, tag, full ref or SHA names; undefined when nothing does. */
export function commitOf(world: World, name: string): string | undefined {
  const { objects, refs } = world.state;
  const named =
    refs.get(name) ?? refs.get(`refs/${name}`) ?? refs.get(`refs/heads/${name}`) ?? refs.get(`refs/tags/${name}`);
  if (named !== undefined) return named;
  if (objects.get(name)?.type === "commit") return name;
  if (!/^[0-9a-f]{7,39}$/.test(name)) return undefined;
  const fits = [...objects].filter(([sha, object]) => object.type === "commit" && sha.startsWith(name));
  return fits.length === 1 ? fits[0]?.[0] : undefined;
}
