import { globSync, readFileSync } from "node:fs";
import { DEFAULT_CIPHERS, DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION } from "node:tls";
import { expect, test } from "vitest";

// ASVS chapters 11 and 12, as far as they can be read off the code.

const root = new URL("../../../../", import.meta.url).pathname;
const files = globSync(["apps/*/src/**/*.{ts,tsx}", "libs/*/src/**/*.ts", "tools/**/*.{ts,mjs}"], { cwd: root }).filter(
  (path) =>
    !/\.test\.\w+$|\/testing\/|\/generated\/|\/synthetic\/|\/fixtures\/|node_modules|^tools\/(?:faults|bench|security|generate)\//.test(
      path,
    ),
);
const textOf = (path: string): string => readFileSync(root + path, "utf8").replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
const matching = (pattern: RegExp): readonly string[] => files.filter((path) => pattern.test(textOf(path)));

test("every key that is derived in the code is in the list, and every key of the list in the code", () => {
  const purposes = files.flatMap((path) =>
    [...textOf(path).matchAll(/deriveKey\([^,()]+,\s*[^,]+,\s*[`"]([^`"]+)[`"]/g)].map(([, purpose]) => purpose!),
  );
  const inCode = purposes.map((purpose) => purpose.replace("${version}", "1").replace("${role}", "<role>"));
  const listed = [...readFileSync(`${root}docs/security/keys.md`, "utf8").matchAll(/^\| `([^`]+)`/gm)].map(([, purpose]) => purpose!);
  expect(inCode.length).toBeGreaterThan(5);
  expect([...new Set(inCode)].toSorted()).toEqual(listed.toSorted());
});

test("no weak hash, cipher or source of chance is used", () => {
  expect(matching(/createHash\(\s*["'`](?!sha(?:256|384|512)["'`])/)).toEqual([]);
  expect(matching(/createHmac\(\s*["'`](?!sha(?:256|384|512)["'`])/)).toEqual([]);
  expect(matching(/createCipheriv\(\s*["'`](?!aes-256-gcm["'`])/)).toEqual([]);
  expect(matching(/\bcreateCipher\(|\bpseudoRandomBytes\b|RSA_PKCS1_PADDING/)).toEqual([]);
  // Waiting times and keys of lists may be unlike each other without being hard to guess.
  const chance = matching(/Math\.random\(/).filter((path) => path.startsWith("apps/api/") || /crypto|accounts|machines|auth/.test(path));
  expect(chance).toEqual([]);
});

test("nothing turns the verification of certificates off", () => {
  expect(matching(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/)).toEqual([]);
});

test("whoever is called is called with TLS 1.2 or 1.3, with the ciphers that Node chooses", () => {
  expect([DEFAULT_MIN_VERSION, DEFAULT_MAX_VERSION]).toEqual(["TLSv1.2", "TLSv1.3"]);
  expect(DEFAULT_CIPHERS.split(":").slice(0, 3)).toEqual([
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
  ]);
  expect(matching(/secureProtocol|minVersion|maxVersion|\bciphers\b|--tls-(?:min|max|cipher)/)).toEqual([]);
});
