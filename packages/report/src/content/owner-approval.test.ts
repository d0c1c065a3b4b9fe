import { expect, test } from "vitest";
import { renderComment } from "../comment.ts";
import type { OwnerApproval, ReportView } from "../view.ts";
import { ownerLines, statusWaits } from "./owner-approval.ts";
import { plainSentence } from "./plain-sentence.ts";

const none: OwnerApproval = { policy: "p.yml", files: [], policyEdited: false, waivers: false, approvedBy: [] };
const viewOf = (part: Partial<OwnerApproval>): ReportView => ({
  models: [],
  links: {},
  head: "a".repeat(40),
  ownerApproval: { ...none, ...part },
});

test.each<[string, Partial<OwnerApproval>, boolean, RegExp[]]>([
  ["nothing is guarded", {}, false, []],
  [
    "a protected file",
    { files: ["eval/a.csv"] },
    true,
    [/status waits:.*1 protected file: eval\/a\.csv\. Next: an owner of p\.yml approves exactly this head \(aaaaaaa/],
  ],
  ["an approved one", { files: ["x"], approvedBy: ["asha"] }, false, [/^Approved by asha: .*x\.$/]],
  [
    "a proposed waiver",
    { policyEdited: true, waivers: true },
    false,
    [/edits p\.yml: the waivers that it adds are not in force\. Next/],
  ],
  [
    "an approved waiver",
    { policyEdited: true, waivers: true, approvedBy: ["asha"] },
    false,
    [/asha approved it, so the waivers/],
  ],
  ["an edited policy", { policyEdited: true }, false, [/judged by the base's version/]],
  ["a base that gets no success", { refusedBase: "loose" }, true, [/status waits:.*goes into loose.*bases/]],
])("%s", (_, part, waits, says) => {
  const view = viewOf(part);
  expect(statusWaits(view)).toBe(waits);
  const lines = ownerLines(view).map(plainSentence);
  expect(lines).toEqual(says.map((pattern) => expect.stringMatching(pattern)));
  expect(renderComment(view, { marker: "<!-- -->" }).includes("nothing to do")).toBe(!waits);
});
