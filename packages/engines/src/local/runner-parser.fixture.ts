/** A command that the runner would have carried out. */
export interface Obeyed {
  command: string;
  value?: string;
}

const known = new Set([
  ...[
    "set-output",
    "save-state",
    "add-mask",
    "add-matcher",
    "remove-matcher",
    "debug",
    "notice",
    "warning",
    "error",
    "group",
    "endgroup",
  ],
  ...["echo", "stop-commands", "set-env", "add-path", "internal-set-repo-path"],
]);

function v2(line: string, names: ReadonlySet<string>): Obeyed | undefined {
  const text = line.trimStart();
  const end = text.indexOf("::", 2);
  if (!text.startsWith("::") || end === -1) return undefined;
  const command = (text.slice(2, end).split(" ")[0] ?? "").toLowerCase();
  return names.has(command) ? { command, value: text.slice(end + 2) } : undefined;
}

function legacy(line: string, names: ReadonlySet<string>): Obeyed | undefined {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start === -1 || end === -1) return undefined;
  const command = (line.slice(start + 3, end).split(" ")[0] ?? "").toLowerCase();
  return names.has(command) ? { command, value: line.slice(end + 1) } : undefined;
}

/** Reads a log as actions/runner does: `::name::` at the start of a line, `##[name]` anywhere in it, nothing but the token while stopped. */
export function obeyed(log: string): Obeyed[] {
  const done: Obeyed[] = [];
  let token: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const names = token === undefined ? known : new Set([...known, token]);
    const found = v2(line, names) ?? legacy(line, names);
    if (found === undefined) continue;
    if (token !== undefined) {
      if (found.command !== token) continue;
      done.push({ command: token });
      token = undefined;
      continue;
    }
    done.push(found);
    if (found.command === "stop-commands") token = found.value?.toLowerCase();
  }
  return done;
}
