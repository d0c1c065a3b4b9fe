import { type XmlElement, xmlTree } from "../../xml/xml-tree.ts";
import type { FoundFile, MetricFormat } from "../metric-format.ts";
import { measured, numberOf } from "../number-text.ts";

/** `record_property` of pytest and the like. */
export const junitFormat: MetricFormat = {
  name: "junit",
  proof: "tool",
  title: "JUnit XML properties",
  usual: ["**/junit*.xml", "**/*junit*.xml"],
  example: {
    path: "out/junit.xml",
    text: '<?xml version="1.0" encoding="utf-8"?>\n<testsuites><testsuite name="eval"><properties><property name="rows" value="500"/></properties><testcase name="test_model"><properties><property name="accuracy" value="0.93"/></properties></testcase></testsuite></testsuites>\n',
  },
  takes:
    "Properties that are numbers: of a suite under their name, of a test case as `CASE.NAME`, as the same property may stand in several cases. Failed cases are named in a note. DTDs and entities beyond the five of XML are refused.",
  detect: ({ text = "" }) =>
    /^\s*</.test(text) && /<testsuites?[\s>/]/.test(text.slice(0, 4096)) ? "sure" : undefined,
  read: async (file) => {
    const { name } = file.source;
    const found: FoundFile = { metrics: [], ignored: [], notes: [] };
    const failed: string[] = [];
    const walk = (element: XmlElement): void => {
      const testCase = element.name === "testcase" ? (element.attributes.get("name") ?? "") : undefined;
      for (const child of element.children) {
        if (child.name === "properties") for (const one of child.children) property(one, testCase, found);
        else if (testCase === undefined) walk(child);
        else if (child.name === "failure" || child.name === "error") failed.push(testCase);
      }
    };
    walk(xmlTree(await file.text(), name));
    if (failed.length > 0) {
      const few = failed
        .slice(0, 5)
        .map((one) => JSON.stringify(one.slice(0, 60)))
        .join(", ");
      found.notes?.push({
        code: "cases-failed",
        text: `${failed.length} test cases of ${name} failed: ${few}${failed.length > 5 ? " and more" : ""}.`,
      });
    }
    return found;
  },
};

function property(element: XmlElement, testCase: string | undefined, found: FoundFile): void {
  const own = element.attributes.get("name");
  if (element.name !== "property" || own === undefined) return;
  const name = testCase === undefined ? own : `${testCase}.${own}`;
  const value = numberOf(element.attributes.get("value") ?? element.text);
  if (value === undefined) found.ignored.push({ name, is: "a text" });
  else found.metrics.push({ at: element.at, metric: { name, ...measured(value) } });
}
