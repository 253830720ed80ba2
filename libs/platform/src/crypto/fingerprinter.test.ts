import { expect, test } from "vitest";
import { fingerprinter } from "./fingerprinter.ts";

const root = "11".repeat(32);
const secret = "a-secret-of-good-length";

test("equal inside a workspace, unrelated across workspaces and roots", () => {
  const one = fingerprinter(root, "w1")(secret);
  expect(one).toMatch(/^fp1:[0-9a-f]{32}$/);
  expect(fingerprinter(Buffer.from(root, "hex"), "w1")(secret)).toBe(one);
  expect(fingerprinter(root, "w2")(secret)).not.toBe(one);
  expect(fingerprinter("22".repeat(32), "w1")(secret)).not.toBe(one);
  expect(fingerprinter(root, "w1")(`${secret}!`)).not.toBe(one);
});

test("a value short enough to guess has no fingerprint", () => {
  expect(fingerprinter(root, "w1")("1234")).toBeNull();
  expect(fingerprinter(root, "w1")("x".repeat(15))).toBeNull();
  expect(fingerprinter(root, "w1")("x".repeat(16))).not.toBeNull();
});

test("a short root key is refused", () => {
  expect(() => fingerprinter("abcd", "w1")).toThrow(/32 bytes/);
});
