import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { canonical, type Json } from "@metricgate/core/documents/canonical";
import { digestOf } from "@metricgate/core/documents/digest";
import { jsonSchema, type KindName, kinds, receive } from "@metricgate/core/documents/kinds";
import { failureOf } from "@metricgate/core/errors/failure";
import { afterAll, describe, expect, test } from "vitest";
import { receiveBytes } from "../../packages/pipeline/src/chain/read-document.ts";
import { documentText } from "../../packages/pipeline/src/chain/write-document.ts";
import { hashing } from "../../packages/pipeline/src/workspace/hashing.ts";
import { realDocuments } from "./real-documents.ts";
import { requiredFields, unlistedFields } from "./schema-fields.ts";

const cli = resolve(import.meta.dirname, "../../packages/bundle/dist/cli.js");
const names = Object.keys(kinds) as KindName[];

describe("canonical bytes are those of RFC 8785", () => {
  // Appendix B: the bits of a double and the text that it must have.
  test.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("the double %s is written %s", (bits, text) => {
    expect(canonical(Buffer.from(bits, "hex").readDoubleBE())).toBe(text);
  });

  test.each(["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])("the double %s has no text", (bits) => {
    expect(() => canonical([Buffer.from(bits, "hex").readDoubleBE()])).toThrow(RangeError);
  });

  test("numbers, strings and literals as in its first example", () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
        "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as Json;
    const numbers = "[333333333.3333333,1e+30,4.5,0.002,1e-27]";
    const text = String.raw`"€$\u000f\nA'B\"\\\\\"/"`;
    expect(canonical(value)).toBe(`{"literals":[null,true,false],"numbers":${numbers},"string":${text}}`);
  });

  test("its example of keys is sorted by UTF-16 code units, not by code points or locale", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"];
    const written = canonical(Object.fromEntries(keys.map((key) => [key, key])));
    expect(Object.keys(JSON.parse(written) as object)).toEqual(["1", ...sorted.filter((key) => key !== "1")]);
    expect(written).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:${JSON.stringify(key)}`).join(",")}}`);
  });

  test("keys are sorted at every level, and no white space is written", () => {
    expect(canonical({ b: [{ z: 1, a: {} }], a: [] })).toBe('{"a":[],"b":[{"a":{},"z":1}]}');
    expect(Object.keys(JSON.parse('{"10":1,"9":1}') as object)).toEqual(["9", "10"]);
    expect(canonical({ 9: 1, 10: 1 })).toBe('{"10":1,"9":1}');
  });

  test("a lone surrogate has no canonical form", () => {
    expect(() => canonical({ a: "\ud800" })).toThrow(RangeError);
    expect(() => canonical({ "\udc00": 1 })).toThrow(RangeError);
  });
});

const { folder, documents } = await realDocuments();
afterAll(() => rm(folder, { recursive: true, force: true }));
const parsed = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Json>;
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (thrown) {
    return failureOf(thrown).problems[0]?.code;
  }
};

test("every kind of document is among those that were written", () => {
  expect([...new Set(documents.map(({ kind }) => kind))].sort()).toEqual([...names].sort());
});

describe.each(documents.map((one) => [`${one.kind}: ${one.name}`, one] as const))("%s", (_, { kind, name, bytes }) => {
  const document = parsed(bytes);
  const { digest } = receiveBytes(kind, bytes, name, hashing);

  test("lies there in its canonical bytes and a line end", () => {
    expect(new TextDecoder().decode(bytes)).toBe(`${canonical(document)}\n`);
    expect(documentText(document)).toBe(`${canonical(document)}\n`);
  });

  test("has the digest of its canonical bytes without `run`, however it is laid out", () => {
    const { run: __, ...rest } = document;
    expect(digest).toBe(hashing.text(canonical(rest)));
    const shuffled = Object.fromEntries(Object.entries(document).reverse());
    const laidOut = new TextEncoder().encode(JSON.stringify(shuffled, undefined, 2));
    expect(receiveBytes(kind, laidOut, name, hashing).digest).toBe(digest);
  });

  test("another run has the same digest, any other change has another", () => {
    expect(digestOf({ ...document, run: { id: 1, attempt: 9, at: "later" } }, hashing.text)).toBe(digest);
    expect(digestOf({ ...document, run: undefined }, hashing.text)).toBe(digest);
    for (const [key, value] of Object.entries(document)) {
      if (key === "run") continue;
      expect(digestOf({ ...document, [key]: changed(value) }, hashing.text), key).not.toBe(digest);
    }
  });

  test("a field that is not known is ignored and is part of the digest", () => {
    const more = { ...document, zeta: { of: "a later version" } };
    const received = receive(kind, more, name, hashing.text);
    expect(received.document).not.toHaveProperty("zeta");
    expect(received.document).toEqual(receive(kind, document, name, hashing.text).document);
    expect(received.digest).toBe(hashing.text(canonical(without(more, "run"))));
    expect(received.digest).not.toBe(digest);
  });

  test("every field survives the reader", () => {
    expect(receive(kind, document, name, hashing.text).document).toEqual(document);
  });

  test("another major version, another kind and none are refused, with the name of the file", () => {
    for (const version of ["2", "0", "11", "1.1"]) {
      const other = { ...document, kind: `metricgate/${kind}@${version}` };
      expect(codeOf(() => receive(kind, other, name, hashing.text))).toBe("document-version");
    }
    for (const other of names.filter((one) => one !== kind))
      expect(codeOf(() => receive(other, document, name, hashing.text))).toBe("document-invalid");
    for (const none of [without(document, "kind"), [], null, 1, "text", { ...document, kind: null }])
      expect(codeOf(() => receive(kind, none, name, hashing.text))).toBe("document-invalid");
    expect(() => receive(kind, {}, name, hashing.text)).toThrow(name);
  });

  test("the JSON Schema lists every field that it has, at every depth, and asks for none that it lacks", () => {
    expect(unlistedFields(jsonSchema(kind), document)).toEqual([]);
    expect(requiredFields(jsonSchema(kind)).filter((field) => !(field in document))).toEqual([]);
  });
});

describe.each(names)("the JSON Schema of %s", (kind) => {
  test("is what the built command line prints", () => {
    const { status, stdout } = spawnSync(process.execPath, [cli, "schema", kind], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(jsonSchema(kind))));
  });

  test("names its kind with the version, and refuses no field of a later version", () => {
    const text = JSON.stringify(jsonSchema(kind));
    expect(text).toContain(`"const":"metricgate/${kind}@1"`);
    expect(text).not.toContain('"additionalProperties":false');
  });
});

test("the check of fields finds a field that a schema does not list, also deep inside", () => {
  const schema = jsonSchema("evaluation");
  const found = (more: object) => unlistedFields(schema, more);
  expect(found({ odd: 1 })).toEqual(["odd"]);
  expect(found({ metrics: [{ name: "a", odd: 1 }, { interval: { odd: 1 } }] })).toEqual([
    "metrics.0.odd",
    "metrics.1.interval.odd",
  ]);
  expect(found({ metrics: [{ slice: { "any column": "BR" } }] })).toEqual([]);
});

function without(document: Record<string, Json>, key: string): Record<string, Json> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
}

function changed(value: Json | undefined): Json {
  if (Array.isArray(value)) return [...value, "more"];
  if (typeof value === "object" && value !== null) return { ...value, more: 1 };
  return `${String(value)} and more`;
}
