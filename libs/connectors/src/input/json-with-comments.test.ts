import { expect, it } from "vitest";
import { withoutComments } from "./json-with-comments.ts";

it.each([
  ['{ // why\n "a": /* here */ [1, 2,], }', '{"a":[1,2]}'],
  ['{"a": "// not, one }", "b": "\\"/*"}', '{"a":"// not, one }","b":"\\"/*"}'],
  ["\uFEFF[]", "[]"],
  // What is wrong stays wrong, for the parser to tell.
  ['{"a": "cut', '{"a":"cut'],
  ["[1,,2]", "[1,,2]"],
  ["[x]", "[x]"],
])("%s", (text, expected) => expect(withoutComments(text)).toBe(expected));
