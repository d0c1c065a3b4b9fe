import { describeInputs, type InputDescription } from "@metricgate/core/inputs/describe";
import type { Command } from "./command.ts";
import { columns } from "./local/columns.ts";

const width = 100;

/** How a verb is written: its words, then every flag of its schema, on lines of at most 100 characters where the parts allow it. */
export function usageOf(name: string, command: Pick<Command, "words" | "flags">): string {
  const parts = flagsOf(command).map((input) => (input.required ? flagText(input) : `[${flagText(input)}]`));
  const first = `metricgate ${name}${command.words === undefined ? "" : ` ${command.words}`}`;
  const lines = [first];
  for (const part of parts) {
    const last = lines.at(-1) ?? "";
    if (last.length + part.length + 1 > width) lines.push(`  ${part}`);
    else lines[lines.length - 1] = `${last} ${part}`;
  }
  return lines.join("\n");
}

/** The help of one verb: how it is written, what it does, and each flag with its description and default. */
export function helpOf(name: string, command: Pick<Command, "words" | "flags" | "summary">): string {
  const flags = flagsOf(command).map((input) => [`  ${flagText(input)}`, `${input.description}${defaultOf(input)}`]);
  return `${usageOf(name, command)}\n\n${command.summary}\n${flags.length === 0 ? "" : `\n${columns(flags)}`}`;
}

function flagsOf({ flags }: Pick<Command, "flags">): InputDescription[] {
  return flags === undefined ? [] : describeInputs(flags);
}

function flagText({ name, kind, initial }: InputDescription): string {
  if (kind === "flag") return initial === "true" ? `--no-${name}` : `--${name}`;
  return kind === "lines" ? `--${name} VALUE…` : `--${name} VALUE`;
}

function defaultOf({ kind, initial }: InputDescription): string {
  if (initial === undefined) return "";
  return kind === "flag" ? (initial === "true" ? " On unless refused." : "") : ` Default: ${initial}`;
}
