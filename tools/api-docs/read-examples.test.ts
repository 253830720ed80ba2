import { expect, test } from "vitest";
import { answersOf, differences, readExamples, scriptOf } from "./read-examples.ts";

const page = [
  "# Page",
  "",
  "```sh",
  "echo 1",
  "```",
  "",
  "```json",
  '{ "a": 1 }',
  "```",
  "",
  "```yaml",
  "x: 1",
  "```",
  "```sh",
  "echo 2",
  "```",
  "",
].join("\n");

test("blocks are read with the answer that follows them", () => {
  expect(readExamples(page)).toEqual([
    { line: 3, script: "echo 1\n", answer: { a: 1 } },
    { line: 14, script: "echo 2\n", answer: null },
  ]);
});

test("answers are told apart", () => {
  expect(scriptOf(readExamples(page), "@@")).toBe("set -euo pipefail\nprintf '\\n@@ 0\\n'\necho 1\n\nprintf '\\n@@ 1\\n'\necho 2\n");
  expect(answersOf('\n@@ 0\n{"a":1}\n@@ 1\n2\n', "@@")).toEqual(['{"a":1}', "2"]);
});

test("what the page says has to be there, what it leaves out may be", () => {
  expect(differences({ a: "…", b: [{ c: 0 }] }, { a: "x", b: [{ c: 7, d: 1 }], e: 1 })).toEqual([]);
  expect(differences({ a: 1 }, { a: 2 })).toEqual(["/a: 2 instead of 1"]);
  expect(differences([1, 2], [1])).toEqual([": [1] instead of 2 items"]);
  expect(differences({ a: "…" }, {})).toEqual(["/a: undefined is no text"]);
  expect(differences({ a: null }, { a: "x" })).toEqual(['/a: "x" instead of null']);
});
