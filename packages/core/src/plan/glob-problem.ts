/** Why a glob of `paths` or `protect` would match nothing or other files than its writer means, and what to write. Undefined when it is one. */
export function globProblem(pattern: string): { text: string; next: string } | undefined {
  if (pattern.trim() === "")
    return { text: "is empty", next: "Name a file, a folder or a glob, or leave the entry out." };
  if (pattern.includes("\\"))
    return { text: "has a backslash, which stands for nothing here", next: "Write `/` between folders." };
  if (/[{}]/.test(pattern))
    return { text: "has braces, which stand for nothing here", next: "Write an entry for each: `[a/**, b/**]`." };
  if (/[[\]]/.test(pattern))
    return {
      text: "has brackets, which stand for nothing here",
      next: "Write an entry for each name, or `?` for one character.",
    };
  if (pattern.startsWith("!"))
    return { text: "begins with !, which takes nothing back here", next: "List what counts and leave the rest out." };
  if (pattern.split("/").includes(".."))
    return {
      text: "leads upwards, where nothing is looked for",
      next: "Write it from the folder that it starts from.",
    };
  return undefined;
}
