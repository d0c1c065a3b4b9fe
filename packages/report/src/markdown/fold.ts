/** A fold. Its title is ours alone: Markdown is not read there. */
export function fold(title: string, body: string, open: boolean): string {
  return `<details${open ? " open" : ""}><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
