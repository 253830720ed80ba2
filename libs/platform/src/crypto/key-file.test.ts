import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createKeyFile, keyFileStamp, readKeyFile, replaceKeyFile } from "./key-file.ts";
import { newKeyRing, readKeyRing, withKeysOnly, withNewKey } from "./key-ring.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-keys-"));
  path = join(folder, "keys", "connector.keys");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const ids = (): readonly string[] => readKeyRing(readKeyFile(path)!, path).map(({ keyId }) => keyId);

test("a new file holds one key, for its owner alone, and is not made anew", () => {
  expect(readKeyFile(path)).toBeNull();
  expect(keyFileStamp(path)).toBeNull();
  createKeyFile(path, newKeyRing());
  const [first] = ids();
  createKeyFile(path, newKeyRing());
  expect(ids()).toEqual([first]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
});

test("a new key comes first; those that nothing needs go, remarks stay", () => {
  createKeyFile(path, newKeyRing());
  appendFileSync(path, "# made on a Sunday\n");
  const stamp = keyFileStamp(path);
  const [old] = ids();
  const { text, key } = withNewKey(readKeyFile(path)!);
  replaceKeyFile(path, text);
  const { keyId } = key;
  expect(ids()).toEqual([keyId, old]);
  expect(keyFileStamp(path)).not.toBe(stamp);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  replaceKeyFile(path, withKeysOnly(readKeyFile(path)!, [keyId]));
  expect(ids()).toEqual([keyId]);
  expect(readKeyFile(path)).toContain("# made on a Sunday\n");
  expect(readdirSync(join(folder, "keys"))).toEqual(["connector.keys"]);
});

test.each(["", "# nothing\n", "abc\n", `${"11".repeat(32)}\n${"2".repeat(63)}\n`])(
  "a damaged file (%j) is said to be so, in one line",
  (text) => {
    createKeyFile(path, newKeyRing());
    writeFileSync(path, text);
    expect(() => readKeyRing(readKeyFile(path)!, path)).toThrow(/^\S+ is damaged: [^\n]+$/);
  },
);
