/** Names that Windows gives to devices, with or without an ending. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;
/** Control characters (Cc), and those that are invisible or turn the direction of text. */
const control = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

function segmentProblem(segment: string): string | undefined {
  if (segment === "") return "has an empty segment";
  if (segment === "." || segment === "..") return `has the segment ${segment}`;
  if (/[. ]$/.test(segment)) return "has a segment that ends in a dot or a space";
  if (device.test(segment.split(".")[0]?.trimEnd() ?? "")) return `has the device name ${segment}`;
  return undefined;
}

/**
 * Why a path of a manifest cannot be used, or nothing. A usable path is relative, with forward slashes, well-formed NFC Unicode,
 * at most 1,024 characters, stays inside its folder on every system and means the same file on each of them.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.length > 1024) return "is longer than 1,024 characters";
  if (!path.isWellFormed()) return "is not well-formed Unicode";
  if (path.normalize("NFC") !== path) return "is not in Unicode's form NFC";
  if (control.test(path)) return "has a control or invisible character";
  if (path.startsWith("/")) return "is absolute";
  if (path.includes("\\")) return "has a backslash";
  if (path.includes(":")) return "has a colon (a drive or a stream on Windows)";
  for (const segment of path.split("/")) {
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
