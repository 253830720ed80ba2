import { expect, test } from "vitest";
import { errorWords } from "./error-words.ts";

test.each([
  "Failed to fetch",
  "NetworkError when attempting to fetch resource.",
  "Unexpected token '<', \"<!DOCTYPE\" is not valid JSON",
  "",
])("what no person can use becomes a sentence: %j", (message) => {
  expect(errorWords(new Error(message))).toMatch(/^The server could not be reached/);
});

test("what the API says stays as it says it", () => {
  expect(errorWords(new Error("This task was changed meanwhile. Look at it again."))).toBe(
    "This task was changed meanwhile. Look at it again.",
  );
  expect(errorWords(undefined)).toMatch(/could not be reached/);
});
