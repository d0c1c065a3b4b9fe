const width = 20;
const units = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** `reading p.csv: [########------------] 42 % of 280 MB`. A file that grows under us stays at 100 %. */
export function progressText(what: string, done: number, total: number): string {
  const share = total <= 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * width);
  return `${what}: [${"#".repeat(full)}${"-".repeat(width - full)}] ${Math.floor(share * 100)} % of ${sizeText(total)}`;
}

/** A number of bytes in the unit that suits it: `999 bytes`, `1.2 MB`, `20 GB`. */
function sizeText(bytes: number): string {
  let at = 0;
  let size = bytes;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at += 1;
  }
  return `${at === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${units[at]}`;
}
