import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addKeyToFile, createKeyFile, keepKeysInFile, keyFileStamp, readKeyFile } from "./key-file.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-keys-"));
  path = join(folder, "keys", "connector.keys");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const ids = (): readonly string[] => readKeyFile(path)!.map(({ keyId }) => keyId);

test("a new file holds one key, for its owner alone, and is not made anew", () => {
  expect(readKeyFile(path)).toBeNull();
  expect(keyFileStamp(path)).toBeNull();
  createKeyFile(path);
  const [first] = ids();
  createKeyFile(path);
  expect(ids()).toEqual([first]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
});

test("a new key comes first; those that nothing needs go, remarks stay", () => {
  createKeyFile(path);
  appendFileSync(path, "# made on a Sunday\n");
  const stamp = keyFileStamp(path);
  const [old] = ids();
  const { keyId } = addKeyToFile(path);
  expect(ids()).toEqual([keyId, old]);
  expect(keyFileStamp(path)).not.toBe(stamp);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  keepKeysInFile(path, [keyId]);
  expect(ids()).toEqual([keyId]);
  expect(readdirSync(join(folder, "keys"))).toEqual(["connector.keys"]);
});

test.each(["", "# nothing\n", "abc\n", `${"11".repeat(32)}\n${"2".repeat(63)}\n`])(
  "a damaged file (%j) is said to be so, in one line",
  (text) => {
    createKeyFile(path);
    writeFileSync(path, text);
    expect(() => readKeyFile(path)).toThrow(/^\S+ is damaged: [^\n]+$/);
  },
);
