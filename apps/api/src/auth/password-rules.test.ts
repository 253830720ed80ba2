import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { beginningOf, isCommon, keptBytes } from "./common-passwords.ts";
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
  // Of breached ones that many people had, whatever they are made of.
  "123qweasdzxc",
  "Q1W2E3R4T5Y6",
  "counterstrike",
  "unbelievable",
  "Unbelievable!1",
  "ghbdtnghbdtn",
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

test("three thousand and more that many people had are known, in order, each found", () => {
  const list = readFileSync(new URL("common-passwords.bin", import.meta.url));
  const entries = Array.from({ length: list.length / keptBytes }, (_, at) => list.subarray(at * keptBytes, (at + 1) * keptBytes));
  expect(entries.length).toBeGreaterThan(40_000);
  expect(entries.findIndex((entry, at) => at > 0 && entries[at - 1]!.compare(entry) > 0)).toBe(-1);
  expect(["1qaz2wsx3edc", "qwerty123456", "justinbieber", "intelligence"].filter((password) => !isCommon(password))).toEqual([]);
  expect(["glowing teapot under stairs", "p7#Vq!x2Lm9&", "kqzvbnwtrmxy"].filter(isCommon)).toEqual([]);
  expect(beginningOf("Password").equals(beginningOf("pASSWORD"))).toBe(true);
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
