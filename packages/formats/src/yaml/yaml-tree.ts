import { UserError } from "@metricgate/core/errors/user-error";
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { depthLimit } from "../json/fold-json.ts";
import { positionAt } from "../text/position.ts";
import { shown } from "../text/shown.ts";
import type { Member, Tree } from "../tree/tree.ts";
import { checkDepth } from "./check-depth.ts";

/** Largest YAML text in UTF-16 units; YAML is written by hand, and its parser takes seconds for each MB. */
const sizeLimit = 1_000_000;
/** What YAML 1.2 has no character for, and a line end that the parser takes for none. */
const noCharacter = /\r(?!\n)|[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * A YAML text as a tree with offsets: one YAML 1.2 document of the core schema, without aliases, custom tags and merge keys,
 * at most 64 levels and 1 MB. An empty document is null.
 * @throws UserError with file, line and column: `yaml-syntax`, `yaml-alias`, `yaml-tag`, `yaml-version`, `yaml-merge-key`, `yaml-key`,
 * `yaml-documents`, `duplicate-key`, `too-deep`, `too-many-values`, `file-too-large`, `nul-byte`
 */
export function yamlTree(source: string, name: string): Tree {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  const fail = (code: string, what: string, next: string, at: number): never => {
    throw new UserError(code, what, next, { file: name, ...positionAt(text, at) });
  };
  if (text.length > sizeLimit) {
    fail(
      "file-too-large",
      `${name} has ${text.length} characters; YAML is read up to ${sizeLimit}, as it is slow to read.`,
      "Write it as JSON.",
      0,
    );
  }
  const nul = text.indexOf("\0");
  if (nul >= 0) fail("nul-byte", `${name} holds a NUL byte, so it is not text.`, "Save the file as UTF-8 text.", nul);
  const odd = text.search(noCharacter);
  if (odd >= 0) fail("yaml-syntax", `${name} holds a control character.`, "Remove it.", odd);
  checkDepth(text, name);

  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const [broken] = document.errors;
  if (broken !== undefined) {
    if (broken.code === "MULTIPLE_DOCS") {
      fail(
        "yaml-documents",
        `${name} holds more than one YAML document.`,
        "Keep one, without --- between.",
        broken.pos[0],
      );
    }
    fail(
      "yaml-syntax",
      `${name} is not YAML: ${broken.message}.`,
      "Correct this line; an editor with YAML support shows why.",
      broken.pos[0],
    );
  }
  const [warning] = document.warnings;
  if (warning !== undefined)
    fail("yaml-tag", `${name}: ${warning.message}.`, "Remove the tag or directive.", warning.pos[0]);
  if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    fail(
      "yaml-version",
      `${name} asks for YAML ${document.directives.yaml.version}.`,
      "Remove the %YAML line; 1.2 is read.",
      0,
    );
  }

  const keyOf = (node: unknown, mappingAt: number): { key: string; keyAt: number } => {
    const keyAt = isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? mappingAt) : mappingAt;
    if (!isScalar(node) || node.value === null || typeof node.value === "object") {
      return fail("yaml-key", `${name} has a key that is not a text.`, 'Write the key as a text, in "quotes".', keyAt);
    }
    if (node.tag !== undefined && !/^tag:yaml\.org,2002:(str|int|float|bool)$/.test(node.tag)) {
      return fail("yaml-tag", `${name} uses the tag ${shown(node.tag)}.`, "Remove the tag.", keyAt);
    }
    const key = typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
    if (key === "<<") return fail("yaml-merge-key", `${name} merges mappings with <<.`, "Write the keys out.", keyAt);
    return { key, keyAt };
  };

  const walk = (node: Node | null, outer: number, depth: number): Tree => {
    const at = node?.range?.[0] ?? outer;
    if (node === null) return { kind: "null", at };
    if (depth > depthLimit)
      return fail("too-deep", `${name} nests deeper than ${depthLimit} levels.`, "Write a flatter file.", at);
    if (isAlias(node)) return fail("yaml-alias", `${name} uses the alias *${node.source}.`, "Write the value out.", at);
    if (isSeq<Node>(node)) return { kind: "list", at, items: node.items.map((item) => walk(item, at, depth + 1)) };
    if (isMap<Node, Node | null>(node)) {
      const seen = new Set<string>();
      const members = node.items.map((pair): Member => {
        if (!isPair(pair))
          return fail("yaml-syntax", `${name} has an entry that is no key and value.`, "Correct it.", at);
        const { key, keyAt } = keyOf(pair.key, at);
        if (seen.has(key))
          return fail("duplicate-key", `${name} has the key ${shown(key)} twice.`, "Remove one of the two.", keyAt);
        seen.add(key);
        return { key, keyAt, value: walk(pair.value, keyAt, depth + 1) };
      });
      return { kind: "mapping", at, members };
    }
    if (!isScalar(node))
      return fail("yaml-syntax", `${name} holds a value of an unknown kind.`, "Write a plain value.", at);
    const value = node.value;
    if (value === null) return { kind: "null", at };
    if (typeof value === "number") return { kind: "number", value, at };
    if (typeof value === "boolean") return { kind: "boolean", value, at };
    if (typeof value === "string") return { kind: "text", value, at };
    return fail("yaml-tag", `${name} holds a value that is neither text nor number.`, "Remove its tag.", at);
  };
  return walk(document.contents, 0, 0);
}
