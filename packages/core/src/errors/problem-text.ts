import type { Problem } from "./user-error.ts";

/** `policy.yml:7: metrc is no key. Write metric.`: a problem in one line, with its place where it has one, its cause and its next step. */
export function problemText({ text, next, where }: Problem): string {
  const at = where?.file ?? where?.url;
  const line = where?.line === undefined ? "" : `:${where.line}`;
  return `${at === undefined ? "" : `${at}${line}: `}${text.replace(/\.$/, "")}. ${next}`;
}
