/** What tools put anew into a path for each run: times, ids, numbers of runs, and what follows in the name of an event file. */
const made = [
  /(?<=(?:^|\/)events\.out\.tfevents\.)[^/]+/g,
  /(?<=(?:^|\/)(?:offline-)?run-)\d{8}_\d{6}-[a-z0-9]+(?=\/)/g,
  /\d{4}-\d{2}-\d{2}(?:[T_ -]\d{2}[\d.:-]*\d)?/g,
  /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/g,
  /(?<=(?:^|\/)mlruns\/)\d+(?=\/)/g,
  /(?<=(?:^|\/)version_)\d+(?=\/)/g,
  /(?<=(?:^|\/)runs\/(?:[^/]+\/)?(?:train|val|exp))\d+(?=\/)/g,
  /\d{9,}/g,
];

/** A path as a pattern that matches only it. */
export function onlyPattern(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@]/g, "\\$&");
}

/** A path as a pattern that matches the file of the next run too; equal to `onlyPattern` where nothing in it is made anew. */
export function runPattern(path: string): string {
  const starred = made.reduce((now, part) => now.replace(part, "\0"), path);
  return onlyPattern(starred).replaceAll("\0", "*");
}
