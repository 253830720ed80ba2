import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { weaknessOf, wordsOf } from "./password-rules.ts";

const own = wordsOf("ada.lovelace@example.org", "Ada Lovelace", "Analytical Engines Ltd");

test.each([
  "passwordpassword",
  "Password1234!",
  "P@ssw0rd2026!!",
  "Rollcall2026!",
  "rollcall-admin-1",
  "AdaLovelace1815",
  "ada.lovelace.99",
  "Analytical-Engines-1",
  "lovelace@example",
  "aaaaaaaaaaaaaa",
  "abababababab",
  "abcdefghijkl",
  "123456789012",
  "qwertyuiop123",
  "1q2w3e4r5t6y",
  "Welcome-2026-Admin",
  "LetMeIn!LetMeIn!",
])("%j is refused", (password) => {
  expect(weaknessOf(password, own)).toMatch(/\w/);
});

test.each([
  "correct horse battery",
  "another horse battery",
  "glowing teapot under stairs",
  "wortschatz und kaffeesatz",
  "тихая вода глубока",
  "p7#Vq!x2Lm9&",
  "kqzvbnwtrmxy",
  "lovelace liked long trains",
  "my password hides in the teapot",
])("%j is accepted", (password) => {
  expect(weaknessOf(password, own)).toBeNull();
});

test("password fields hide what is typed, and let password managers fill them", () => {
  const root = new URL("../../../dashboard/src/", import.meta.url).pathname;
  const text = globSync("**/*.tsx", { cwd: root })
    .map((path) => readFileSync(root + path, "utf8"))
    .join("\n");
  const fields = [...text.matchAll(/<(?:TextField|Input|input)\b[^>]*?(?:current-password|new-password)[^>]*>/gs)].map(([field]) => field);
  expect(fields.length).toBeGreaterThanOrEqual(4);
  expect(fields.filter((field) => !field.includes('type="password"'))).toEqual([]);
  expect(text).not.toMatch(/onPaste=/);
});
