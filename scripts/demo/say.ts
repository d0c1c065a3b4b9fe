import type { GitHubServer } from "../../test/servers/double/start.ts";

const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? "") === "";

/** One line for the person who watches. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The title of a step. */
export function step(text: string): void {
  say("");
  say(colour ? `\u001b[1m▶ ${text}\u001b[22m` : `▶ ${text}`);
}

/** Prints the comment of a pull request as it would stand there, without its folded parts. */
export function showComment(double: GitHubServer, pull: number): void {
  const comments = double.state.comments.filter(({ issue }) => issue === pull);
  say(`  the comment on pull request ${pull} (${comments.length}):`);
  for (const { body } of comments) {
    const text = body
      .replace(/<!--[\s\S]*?-->\n?/g, "")
      .replace(/<details>[\s\S]*?<\/details>\n?/g, "")
      .replaceAll("&nbsp;", " ")
      .replace(/<br>/g, " ")
      .replace(/<\/?(sub|b)>/g, "");
    for (const line of text.trim().split("\n")) say(`  │ ${line}`);
  }
}
