import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

const origin = "https://rollcall.example";

test.each(["/", "/inventory?search=a%2Fb#top", "/identities/0190?next=//evil.example", "/a//b"])("%j is one of our pages", (next) => {
  expect(safePath(next, origin)).toBe(next);
});

test.each([
  null,
  "",
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example/x",
  "/./\\evil.example",
  "///evil.example",
  "javascript:alert(1)",
  "/\n/evil.example",
  "//[",
])("%j leads nowhere but to the first page", (next) => {
  expect(safePath(next, origin)).toBe("/");
});
