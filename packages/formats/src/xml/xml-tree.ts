import { UserError } from "@metricgate/core/errors/user-error";
import { depthLimit } from "../json/fold-json.ts";
import { positionAt } from "../text/position.ts";
import { shown } from "../text/shown.ts";

/** An element with its attributes, its own text, and the offset where it starts. */
export interface XmlElement {
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
  at: number;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const start =
  /<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:[ \t\r\n]+[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*'))*)[ \t\r\n]*(\/?)>/y;
const attribute = /([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g;
const declaration =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;
const instruction = /<\?(?!xml[ \t\r\n?])[A-Za-z_][\w.-]*(?:[ \t\r\n]|\?>)/iy;
/** What XML 1.0 has no character for. */
const noCharacter = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const elementLimit = 1_000_000;
/** Entities and characters by number. */
const referenceLimit = 1_000_000;

/**
 * An XML text as a tree: elements, attributes, text, CDATA; comments and processing instructions are passed over. Strict, and without what makes XML dangerous:
 * no DTD, no entities but the five of XML and characters by number, at most 64 levels.
 * @source W3C XML 1.0, fifth edition, and Namespaces in XML 1.0, third edition (no colon in the target of an instruction)
 * @throws UserError `xml-syntax`, `xml-dtd`, `xml-entity`, `too-deep`, `too-many-values` with line and column
 */
export function xmlTree(text: string, file: string): XmlElement {
  const fail = (code: string, what: string, next: string, at: number): never => {
    throw new UserError(code, what, next, { file, ...positionAt(text, at) });
  };
  const syntax = (what: string, at: number): never =>
    fail("xml-syntax", `${file} is not XML: ${what}.`, "Check that the step that writes it has ended.", at);
  const after = (end: string, at: number): number => {
    const found = text.indexOf(end, at);
    return found < 0 ? syntax(`${end} is missing`, at) : found + end.length;
  };
  let references = 0;
  const plain = (raw: string, at: number): string =>
    raw.replace(/&(?:(amp|lt|gt|quot|apos);|([^;]{0,12};?))/g, (_, usual: string | undefined, body: string) => {
      if (++references > referenceLimit)
        return fail("too-many-values", `${file} holds more than ${referenceLimit} entities.`, "Split the file.", at);
      if (usual !== undefined) return entities[usual] ?? "";
      const name = body.slice(0, -1);
      const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
      const point = code === null ? undefined : code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
      const written = point !== undefined && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
      const character = written === undefined || noCharacter.test(written) ? undefined : written;
      const known = body.endsWith(";") ? character : undefined;
      return (
        known ?? fail("xml-entity", `${file} uses the entity ${shown(`&${body}`)}.`, "Write the character itself.", at)
      );
    });

  const root: XmlElement = { name: "", attributes: new Map(), children: [], text: "", at: 0 };
  const open: XmlElement[] = [root];
  let count = 0;
  const odd = text.search(noCharacter);
  if (odd >= 0) return syntax("it holds a character that XML does not allow", odd);
  const from = text.startsWith("\ufeff") ? 1 : 0;
  let at = from;
  while (at < text.length) {
    const here = open.at(-1) ?? root;
    const next = text.indexOf("<", at);
    const between = text.slice(at, next < 0 ? text.length : next);
    if (open.length === 1 && /[^ \t\r\n]/.test(between)) return syntax("text stands outside of the root element", at);
    if (between.includes("]]>")) return syntax("]]> stands outside of CDATA", at + between.indexOf("]]>"));
    here.text += plain(between.replace(/\r\n?/g, "\n"), at);
    if (next < 0) break;
    at = next;
    if (text.startsWith("<!--", at)) {
      const end = after("--", at + 4);
      if (text[end] !== ">") return syntax("-- stands inside of a comment", end - 2);
      at = end + 1;
    } else if (text.startsWith("<?", at)) {
      const form = at === from && /^.?<\?xml[ \t\r\n?]/s.test(text) ? declaration : instruction;
      form.lastIndex = at;
      const [written] = form.exec(text) ?? syntax("its <?xml …?> is broken", at);
      const encoding = /^<\?xml.*?encoding[^"']*["']([^"']*)/s.exec(written)?.[1] ?? "utf-8";
      if (!isReadable(encoding, text))
        return fail("xml-syntax", `${file} says that its encoding is ${encoding}.`, "Write it as UTF-8.", at);
      at = after("?>", at);
    } else if (text.startsWith("<![CDATA[", at)) {
      const end = after("]]>", at);
      here.text += text.slice(at + 9, end - 3).replace(/\r\n?/g, "\n");
      at = end;
    } else if (text.startsWith("<!", at)) {
      return fail("xml-dtd", `${file} has a DTD, which is not read.`, "Write the file without <!DOCTYPE …>.", at);
    } else if (text.startsWith("</", at)) {
      const end = after(">", at);
      if (open.length === 1 || text.slice(at + 2, end - 1).trimEnd() !== here.name)
        return syntax(`</…> closes no <${here.name}>`, at);
      open.pop();
      at = end;
    } else {
      start.lastIndex = at;
      const [whole, name, attributes = "", empty] = start.exec(text) ?? [];
      if (whole === undefined || name === undefined) return syntax("a tag is broken", at);
      if (open.length === 1 && root.children.length > 0) return syntax("there is a second root element", at);
      if (open.length > depthLimit)
        return fail("too-deep", `${file} nests deeper than ${depthLimit} levels.`, "Write a flatter file.", at);
      if (++count > elementLimit)
        return fail("too-many-values", `${file} holds more than ${elementLimit} elements.`, "Split the file.", at);
      const element: XmlElement = { name, attributes: new Map(), children: [], text: "", at };
      for (const [, key = "", double, single] of attributes.matchAll(attribute)) {
        if (element.attributes.has(key)) return syntax(`the attribute ${key} stands twice in one tag`, at);
        // Line ends and tabs in an attribute are blanks, unless they are written as characters by number.
        element.attributes.set(key, plain((double ?? single ?? "").replace(/\r\n|[\t\r\n]/g, " "), at));
      }
      here.children.push(element);
      if (empty === "") open.push(element);
      at += whole.length;
    }
  }
  if (open.length > 1) return syntax(`<${open.at(-1)?.name}> is not closed`, text.length);
  return root.children[0] ?? syntax("there is no element", 0);
}

/** Whether the text that was read as UTF-8 is what its encoding says: that is UTF-8, or the text holds ASCII alone, which most encodings have in common. */
function isReadable(encoding: string, text: string): boolean {
  if (/^utf-?8$/i.test(encoding)) return true;
  return /^(us-ascii|ascii|iso-8859-\d+|latin-?\d|windows-125\d)$/i.test(encoding) && !/[^\0-\x7f]/.test(text);
}
