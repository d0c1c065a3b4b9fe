import { rank } from "../content/order.ts";
import { named, type Sentence, strong, words } from "../content/piece.ts";
import { safeAddress, shortSha } from "../escape/link.ts";
import { nameInProse } from "../escape/prose.ts";
import { utf8Bytes } from "../escape/size.ts";
import { plural } from "../format/number.ts";
import { fold } from "../markdown/fold.ts";
import { markdownCommit, markdownLink, markdownSentence } from "../markdown/sentence.ts";
import { gateTable, table } from "../markdown/tables.ts";
import type { ApprovalView } from "./approval-view.ts";
import { changeLines } from "./changes.ts";
import { againstLive, type Question, questionsOf } from "./questions.ts";

/** A job summary holds 1 MiB together with the report, which takes at most 1,000,000 bytes of it. */
const mostBytes = 20_000;

/** The evidence in one sentence, by the worst answer. */
function finding(questions: readonly Question[]): Sentence {
  const against = questions.filter(({ mark }) => mark === "❌").length;
  const open = questions.filter(({ mark }) => mark === "⚠️").length;
  if (questions.length === 0) return [strong("There is no evidence: nothing was judged.")];
  if (against > 0)
    return [
      strong(`Evidence says no: ${plural(against, "answer")} below ${against === 1 ? "speaks" : "speak"} against it.`),
    ];
  return [strong(open === 0 ? "Evidence says yes." : `Evidence says yes, with ${plural(open, "point")} to accept.`)];
}

/** `sha256:0123456789ab…`: enough to tell models apart; the whole digest stands in the answers. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, 19)}…`;
}

/** What it would replace. */
function replaced({ live, environment }: ApprovalView): Sentence {
  switch (live.known) {
    case "none":
      return [words("Nothing is live in "), named(environment), words(" yet.")];
    case "unknown":
      return [words("What is live is not known.")];
    default: {
      const what: Sentence = live.digest === undefined ? [] : [words(" "), named(shortDigest(live.digest))];
      const at: Sentence = live.sha === undefined ? [] : [words(" of "), { kind: "commit", sha: live.sha }];
      return what.length + at.length === 0 ? [] : [words("It replaces"), ...what, ...at, words(".")];
    }
  }
}

/** What an approval leads to: `deploy` refuses what the verdict speaks against, whoever approves. */
function consequence({ model, environment }: ApprovalView): Sentence {
  const { verdict } = model;
  const refused = (why: string): Sentence => [
    strong("nothing is deployed"),
    words(`: ${why}, and `),
    named("deploy"),
    words(" refuses it."),
  ];
  if (verdict?.verdict === undefined) return refused("nothing was judged");
  if (verdict.verdict === "fail") return refused("the verdict is fail");
  if (verdict.candidate.model === undefined) return refused("no model digest is known");
  const live: Sentence = [named(shortDigest(verdict.candidate.model)), words(" becomes live in "), named(environment)];
  if (verdict.verdict === "pass") return [...live, words(".")];
  return [
    ...live,
    words(" where "),
    named("deploy"),
    words(" has "),
    named("accept: warn"),
    words("; else it refuses the warnings."),
  ];
}

function undo({ live, environment }: ApprovalView): Sentence {
  if (live.known === "none")
    return [words(" there is nothing to go back to, since nothing is live in "), named(environment), words(" yet.")];
  const back: Sentence =
    "digest" in live && live.digest !== undefined ? [named(shortDigest(live.digest))] : [words("what is live now")];
  return [
    words(" run "),
    named("deploy"),
    words(" with "),
    named("rollback: true"),
    words(": "),
    ...back,
    words(" becomes live again, which needs no new verdict. When a smoke test of "),
    named("deploy"),
    words(" fails, this happens by itself."),
  ];
}

function validity({ live, environment }: ApprovalView): Sentence {
  if (live.known !== "compared" || live.digest === undefined)
    return [words("valid for these bytes and this commit only")];
  return [
    words("valid until another model becomes live in "),
    named(environment),
    words("; "),
    named("deploy"),
    words(" checks it"),
  ];
}

function changesFold(view: ApprovalView, full: boolean): string {
  const { verdict } = view.model;
  const lines = changeLines(view).map((line) => `- ${markdownSentence(line, view.links)}`);
  const gates = againstLive(view).filter(
    (gate) => verdict !== undefined && (gate.slice === undefined || rank(verdict, gate) < 3),
  );
  const shown = gates.slice(0, full ? 12 : 0);
  const left = gates.length - shown.length;
  const parts = [
    verdict === undefined || shown.length === 0 ? "" : gateTable(verdict, shown),
    left > 0 && shown.length > 0 ? `${plural(left, "row")} not shown.` : "",
    full ? lines.join("\n") : "",
  ].filter((part) => part !== "");
  const commits =
    view.code === undefined
      ? ""
      : ` (${plural(view.code.total, "commit")}, ${plural(view.code.files.length, "file")}${view.code.complete ? "" : " or more"})`;
  return parts.length === 0 ? "" : fold(`<b>What changes</b>${commits}`, parts.join("\n\n"), true);
}

function compareLink({ live, links, model }: ApprovalView): string {
  const from = "sha" in live ? live.sha : undefined;
  const to = model.verdict?.candidate.sha;
  const base = safeAddress(links.repository);
  if (base === undefined || shortSha(from) === undefined || shortSha(to) === undefined) return "";
  return markdownLink("code since the live version", `${base}/compare/${from}...${to}`);
}

function footer(view: ApprovalView): string {
  const { links, model } = view;
  const all = [
    links.report === undefined ? "" : `**${markdownLink("Full report", links.report)}**`,
    compareLink(view),
    links.run === undefined ? "" : markdownLink("the run that measured", links.run),
  ].filter((link) => link !== "");
  const sha = model.verdict?.candidate.sha;
  const stamp = [
    sha === undefined ? "" : `evidence at ${markdownCommit(sha, links)}`,
    markdownSentence(validity(view), links),
  ].filter((part) => part !== "");
  return `${all.join(" · ")}${all.length === 0 ? "" : "<br>"}<sub>${stamp.join(" · ")}</sub>`;
}

function rendered(view: ApprovalView, full: boolean): string {
  const questions = questionsOf(view);
  const rows = questions.map(({ mark, question, answer }) => [
    mark,
    question,
    markdownSentence(answer, view.links, "cell"),
  ]);
  const environment = nameInProse(view.environment, "paragraph");
  const blocks = [
    `## Approve **${nameInProse(view.model.model, "paragraph")}** for **${environment}**?`,
    markdownSentence([...finding(questions), words(" "), ...replaced(view)], view.links).trim(),
    rows.length === 0 ? "" : table(["", "Question", "Answer"], rows, ["c", "l", "l"]),
    `**If you approve:** ${markdownSentence(consequence(view), view.links)}`,
    `**To undo later:**${markdownSentence(undo(view), view.links)}`,
    changesFold(view, full),
    footer(view),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/**
 * What somebody who approves a deployment needs, as Markdown for a job summary: the questions with their answers, what it replaces and changes,
 * how to undo it, and how long the evidence holds. Above 20,000 bytes the list of changes is left out.
 */
export function renderApproval(view: ApprovalView): string {
  const text = rendered(view, true);
  return utf8Bytes(text) <= mostBytes ? text : rendered(view, false);
}
