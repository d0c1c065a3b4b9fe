import type { Git } from "../commit-look.ts";
import type { TagSource } from "./newest-tag.ts";

/** The tags of a repository on this machine. */
export function gitTags(git: Git): TagSource {
  return {
    async tags(prefix) {
      const format = "--format=%(refname:strip=2) %(objecttype) %(objectname) %(*objecttype) %(*objectname)";
      const listed = (await git("for-each-ref", format, "refs/tags")) ?? "";
      return listed.split("\n").flatMap((line) => {
        const [name = "", type, sha, innerType, inner] = line.split(" ");
        if (name === "" || !name.startsWith(prefix)) return [];
        const commit = type === "commit" ? sha : innerType === "commit" ? inner : undefined;
        return [{ name, commit: async () => commit }];
      });
    },
    isAncestor: async (sha, base) => (await git("merge-base", "--is-ancestor", sha, base)) !== undefined,
  };
}
