import type { Call, Reply, World } from "./route.ts";

/**
 * One page of a list as GitHub cuts it: 30 by default, 100 at most, `Link` with prev, next, first, last.
 * `wrap` puts the items into the envelope of the endpoints that also count (`total_count`).
 */
export function page<Item>(
  items: readonly Item[],
  call: Call,
  world: World,
  wrap?: (items: readonly Item[], total: number) => unknown,
): Reply {
  const perPage = Math.min(100, Math.max(1, Number(call.query.get("per_page") ?? "30") || 30));
  const current = Math.max(1, Number(call.query.get("page") ?? "1") || 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const slice = items.slice((current - 1) * perPage, current * perPage);
  const link = (number: number, rel: string) => {
    const url = new URL(world.apiUrl + call.url.pathname + call.url.search);
    url.searchParams.set("page", String(number));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, "prev")] : []),
    ...(current < last ? [link(current + 1, "next"), link(last, "last")] : []),
    ...(current > 1 ? [link(1, "first")] : []),
  ];
  const json = wrap === undefined ? slice : wrap(slice, items.length);
  return { status: 200, json, ...(links.length === 0 ? {} : { headers: { link: links.join(", ") } }) };
}
