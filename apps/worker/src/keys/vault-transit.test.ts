import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newBoxSeed, sealCredential } from "@rollcall/platform";
import { TransitServer } from "../testing/transit-server.ts";
import { configuredKeySource } from "./configured-key-source.ts";
import { ConnectorKeys } from "./connector-keys.ts";
import { fileKeySource } from "./file-key-source.ts";
import type { KeySourceEnv, KeySourceKind } from "./key-source-env.ts";
import { moveKeyRing } from "./move-key-ring.ts";
import { vaultTransit } from "./vault-transit.ts";

let vault: TransitServer;
let folder = "";
let file = "";
const token = "CANARY-hvs-token-0123456789";
beforeEach(async () => {
  vault = await TransitServer.start();
  vault.tokens.set(token, ["encrypt", "decrypt"]);
  folder = mkdtempSync(join(tmpdir(), "rollcall-vault-"));
  file = join(folder, "keys", "connector.keys");
});
afterEach(() => {
  vault.stop();
  rmSync(folder, { recursive: true });
});
const sourceOf = (kind: KeySourceKind, more: KeySourceEnv = {}) =>
  configuredKeySource({ CONNECTOR_KEY_SOURCE: kind, CONNECTOR_KEY_FILE: file, VAULT_ADDR: vault.address, VAULT_TOKEN: token, ...more })!;
const loaded = async (source = sourceOf("vault")): Promise<ConnectorKeys> => {
  const keys = new ConnectorKeys(source);
  await keys.load();
  return keys;
};
const said: string[] = [];
const move = (from: KeySourceKind, to: KeySourceKind, more: KeySourceEnv = {}): Promise<void> =>
  moveKeyRing({ from: sourceOf(from, more), to: sourceOf(to, more), say: (line) => void said.push(line) });

test("the first start makes a key that is on disk only as Vault sealed it, and the next one opens it", async () => {
  const first = await loaded();
  expect(readFileSync(file, "utf8")).toMatch(/^sealed by vault\nvault:v1:\S+\n$/);
  const sealed = sealCredential(first.current!, "here", "s3cret");
  const next = await loaded();
  expect(await next.open("here", sealed)).toBe("s3cret");
  // Nothing that the same transit key sealed for somebody else is taken for it.
  const body = JSON.stringify({ plaintext: Buffer.from(`${newBoxSeed()}\n`).toString("base64") });
  const headers = { "x-vault-token": token };
  const other = await fetch(`${vault.address}/v1/transit/encrypt/rollcall`, { method: "POST", headers, body });
  const { data } = (await other.json()) as { data: { ciphertext: string } };
  writeFileSync(file, `sealed by vault\n${data.ciphertext}\n`);
  await expect(loaded()).rejects.toThrow("invalid ciphertext");
});

test.each([
  [
    "a token that may not",
    () => vault.tokens.set(token, ["encrypt"]),
    /^Vault at 127\.0\.0\.1:\d+ refuses transit\/decrypt\/rollcall: permission denied \(403\)$/,
  ],
  [
    "a Vault that is sealed",
    () => (vault.sealed = true),
    /^Vault at 127\.0\.0\.1:\d+ refuses transit\/decrypt\/rollcall: Vault is sealed \(503\)$/,
  ],
  ["nobody at the address", () => vault.stop(), /^127\.0\.0\.1:\d+ could not be reached$/],
])("%s is one line without the token, and worth asking again", async (_, breaks, message) => {
  await loaded();
  breaks();
  const error = await loaded().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "unavailable", message: expect.stringMatching(message) });
  expect(inspect(error, { depth: 9 })).not.toContain(token);
});

test("a Vault that does not answer is not waited for long; a file that was changed does not open", async () => {
  await loaded();
  const text = readFileSync(file, "utf8");
  const at = text.length - 8;
  writeFileSync(file, `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`);
  await expect(loaded()).rejects.toThrow("invalid ciphertext");
  writeFileSync(file, text);
  vault.silent = true;
  const slow = vaultTransit({ address: vault.address, path: "transit/rollcall", token: { value: token }, timeoutMillis: 50 });
  await expect(loaded(fileKeySource(file, slow))).rejects.toThrow("did not answer in time");
});

test("the token of a file is read again for every call", async () => {
  const tokenFile = join(folder, "token");
  writeFileSync(tokenFile, `${token}\n`);
  const source = configuredKeySource({
    CONNECTOR_KEY_SOURCE: "vault",
    CONNECTOR_KEY_FILE: file,
    VAULT_ADDR: vault.address,
    VAULT_TOKEN_FILE: tokenFile,
  })!;
  const keys = await loaded(source);
  vault.tokens.delete(token);
  await expect(keys.load()).rejects.toThrow("permission denied");
  vault.tokens.set("renewed", ["encrypt", "decrypt"]);
  writeFileSync(tokenFile, "renewed");
  await keys.load();
  expect(keys.current).not.toBeNull();
});

test("the keys move from a file to Vault, under its newest key, and back, and open the same", async () => {
  const plain = await loaded(sourceOf("file"));
  const sealed = sealCredential(plain.current!, "here", "s3cret");
  const before = readFileSync(file, "utf8");
  await move("file", "vault");
  expect(readFileSync(file, "utf8")).not.toContain(before.trim());
  expect(await (await loaded()).open("here", sealed)).toBe("s3cret");
  await expect(loaded(sourceOf("file"))).rejects.toThrow("is sealed by vault. Start with CONNECTOR_KEY_SOURCE=vault");
  vault.rotate();
  await move("vault", "vault");
  expect(readFileSync(file, "utf8")).toContain("vault:v2:");
  await move("vault", "file");
  expect(readFileSync(file, "utf8")).toBe(before);
  await expect(loaded()).rejects.toThrow("holds keys that are not sealed");
});

test("no key is given up: not to a Vault that would keep it, and not for other keys", async () => {
  await loaded(sourceOf("file"));
  const before = readFileSync(file, "utf8");
  vault.tokens.set(token, ["encrypt"]);
  await expect(move("file", "vault")).rejects.toThrow("permission denied");
  expect(readFileSync(file, "utf8")).toBe(before);
  await expect(move("env", "file", { CONNECTOR_KEYS: newBoxSeed() })).rejects.toThrow("holds other keys");
  await expect(move("file", "env", { CONNECTOR_KEYS: newBoxSeed() })).rejects.toThrow("Nothing was changed");
  await expect(move("file", "env", { CONNECTOR_KEYS: `${newBoxSeed()} ${before}` })).rejects.toThrow("has another key first");
  await move("file", "env", { CONNECTOR_KEYS: before });
  expect(said.at(-1)).toBe("CONNECTOR_KEYS has every key: 1");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("keys do not travel without TLS, except on this machine", () => {
  const at = (address: string) => () => sourceOf("vault", { VAULT_ADDR: address });
  expect(at("http://vault.corp.example:8200")).toThrow("VAULT_ADDR must be an https address");
  expect(at("https://vault.corp.example:8200")).not.toThrow();
  expect(() => configuredKeySource({ CONNECTOR_KEY_SOURCE: "vault", CONNECTOR_KEY_FILE: file, VAULT_ADDR: vault.address })).toThrow(
    "VAULT_TOKEN_FILE or VAULT_TOKEN is not set",
  );
  expect(() => sourceOf("vault", { CONNECTOR_KEY_TRANSIT: "../sys/raw" })).toThrow("must be a mount and a key");
});
