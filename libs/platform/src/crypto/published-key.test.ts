import { expect, test } from "vitest";
import { boxKeyOf } from "./credential-box.ts";
import { isGenuineKey, publishedKey } from "./published-key.ts";

const root = "33".repeat(32);

test("a key that somebody else put into the database is not taken for the worker's", () => {
  const [ours, theirs] = [boxKeyOf("11".repeat(32)), boxKeyOf("22".repeat(32))];
  const published = publishedKey(root, ours);
  expect(published).not.toHaveProperty("privateKey");
  expect(isGenuineKey(root, published)).toBe(true);
  expect(isGenuineKey(root, { ...published, publicKey: theirs.publicKey, keyId: theirs.keyId })).toBe(false);
  expect(isGenuineKey(root, publishedKey("44".repeat(32), theirs))).toBe(false);
  expect(isGenuineKey(root, { ...published, mac: "" })).toBe(false);
});
