/** Whether the verdict on an accepted version used the waiver that was in force; of a verdict that was not kept only that there was one. */
export function waiverWord(used: boolean | undefined): string {
  if (used === undefined) return "waiver in force";
  return used ? "waiver used" : "waiver in force, not needed";
}
