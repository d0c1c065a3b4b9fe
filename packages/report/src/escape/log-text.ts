import { visible } from "./visible.ts";

/** Control characters that a terminal obeys; tab and line feed are the text's own. */
const controls = /[^\t\n\P{Cc}]/gu;
/** What sets a colour or takes it back; a terminal does nothing else with it. */
const colours = new RegExp(`(${String.fromCodePoint(27)}\\[[0-9;]{0,11}m)`);

/** A sentence with parts of unknown origin as one line of a log, where a runner would take a line of its own, or `##[`, for a command. */
export function logLine(text: string): string {
  return withoutCommands(visible(text));
}

/**
 * A text of several lines for a terminal or a CI job's log: control characters are shown as `\uXXXX`, and no line is a command of a runner.
 * With `colour` the sequences that set one stay. JSON that holds such characters stays the same value.
 */
export function logText(text: string, colour = false): string {
  const parts = colour ? text.split(colours) : [text];
  const shown = parts.map((part, at) => (at % 2 === 1 ? part : part.replace(controls, visible)));
  return withoutCommands(shown.join(""));
}

function withoutCommands(text: string): string {
  // Most texts, and the largest, have neither: to look costs a hundredth of a replacement at every line.
  const started = text.includes("::") ? text.replace(/^([^\S\n\r\u2028\u2029]*):(?=:)/gm, "$1\\u003a") : text;
  return started.includes("##[") ? started.replaceAll("##[", "##\\u005b") : started;
}
