/** A branch's name as one folder: `release/1.x` becomes `release=2F1.x`. Different names stay different. */
export function folderOf(branch: string): string {
  return encodeURIComponent(branch)
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%", "=");
}
