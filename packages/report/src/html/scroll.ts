/** A part that may be wider than the page: it scrolls by itself, is reached by Tab and has a name of ours. */
export function scrolling(name: string, html: string): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${name}">${html}</div>`;
}
