/** One workflow command that took effect. */
export interface LogCommand {
  name: string;
  properties: Readonly<Record<string, string>>;
  data: string;
}

const known = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "internal-set-repo-path",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/**
 * Reads a step's output as the runner does: `::name k=v::data` at the start of a line after trimming,
 * and the older `##[name k=v]data` anywhere in a line; after `stop-commands` nothing counts until
 * the token comes back as a command. `text` is what is left of the log, secrets masked.
 */
export function readLog(output: string): { commands: LogCommand[]; text: string } {
  const commands: LogCommand[] = [];
  const lines: string[] = [];
  const secrets = new Set<string>();
  let resume: string | undefined;
  for (const line of output.split(/\r?\n/)) {
    const wanted = resume === undefined ? known : new Set([resume]);
    const command = parseNew(line, wanted) ?? parseOld(line, wanted);
    if (command === undefined) {
      lines.push(masked(line, secrets));
      continue;
    }
    if (resume !== undefined) {
      resume = undefined;
      continue;
    }
    if (command.name === "stop-commands") resume = command.data;
    if (command.name === "add-mask" && command.data.trim() !== "") secrets.add(command.data);
    commands.push(command);
  }
  return { commands, text: lines.join("\n") };
}

function parseNew(line: string, wanted: ReadonlySet<string>): LogCommand | undefined {
  const text = line.trimStart();
  const end = text.startsWith("::") ? text.indexOf("::", 2) : -1;
  if (end < 0) return undefined;
  return command(text.slice(2, end), text.slice(end + 2), ",", wanted);
}

function parseOld(line: string, wanted: ReadonlySet<string>): LogCommand | undefined {
  const start = line.indexOf("##[");
  const end = start < 0 ? -1 : line.indexOf("]", start);
  if (end < 0) return undefined;
  return command(line.slice(start + 3, end), line.slice(end + 1), ";", wanted);
}

function command(head: string, data: string, between: string, wanted: ReadonlySet<string>): LogCommand | undefined {
  const space = head.indexOf(" ");
  const name = space < 0 ? head : head.slice(0, space);
  if (!wanted.has(name)) return undefined;
  const pairs = space < 0 ? [] : head.slice(space + 1).split(between);
  const properties = pairs
    .map((pair) => [pair.slice(0, pair.indexOf("=")).trim(), pair.slice(pair.indexOf("=") + 1)] as const)
    .filter(([key, value]) => key !== "" && value !== "")
    .map(([key, value]) => [key, unescaped(value)] as const);
  return { name, properties: Object.fromEntries(properties), data: unescaped(data) };
}

function unescaped(text: string): string {
  const letters: Record<string, string> = {
    "%0D": "\r",
    "%0A": "\n",
    "%3A": ":",
    "%2C": ",",
    "%3B": ";",
    "%5D": "]",
    "%25": "%",
  };
  return text.replace(/%(?:0D|0A|3A|2C|3B|5D|25)/g, (code) => letters[code] ?? code);
}

function masked(line: string, secrets: ReadonlySet<string>): string {
  return [...secrets].reduce((text, secret) => text.replaceAll(secret, "***"), line);
}
