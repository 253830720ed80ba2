import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sealCredential } from "@rollcall/platform";
import { KmsServer } from "../testing/kms-server.ts";
import { awsKms } from "./aws-kms.ts";
import { configuredKeySource } from "./configured-key-source.ts";
import { ConnectorKeys } from "./connector-keys.ts";
import { fileKeySource } from "./file-key-source.ts";
import type { KeySourceEnv, KeySourceKind } from "./key-source-env.ts";
import { moveKeyRing } from "./move-key-ring.ts";

let kms: KmsServer;
let folder = "";
let file = "";
const caller = "AKIACANARY0000000000";
const secret = "CANARY-aws-secret-0123456789";
const both = ["Encrypt", "Decrypt"];
beforeEach(async () => {
  kms = await KmsServer.start("alias/rollcall", "alias/other");
  kms.allowed.set(caller, both);
  folder = mkdtempSync(join(tmpdir(), "rollcall-kms-"));
  file = join(folder, "keys", "connector.keys");
  // The SDK finds them by itself. No file of this machine's user is to take part, and no service of the machine's cloud.
  vi.stubEnv("AWS_ACCESS_KEY_ID", caller);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secret);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_SESSION_TOKEN"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  kms.stop();
  rmSync(folder, { recursive: true });
});
const sourceOf = (kind: KeySourceKind, more: KeySourceEnv = {}) =>
  configuredKeySource({
    CONNECTOR_KEY_SOURCE: kind,
    CONNECTOR_KEY_FILE: file,
    CONNECTOR_KEY_KMS: "alias/rollcall",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_KMS: kms.address,
    ...more,
  })!;
const loaded = async (source = sourceOf("aws-kms")): Promise<ConnectorKeys> => {
  const keys = new ConnectorKeys(source);
  await keys.load();
  return keys;
};

test("the first start makes a key that is on disk only as KMS sealed it, and the next one opens it", async () => {
  const first = await loaded();
  expect(readFileSync(file, "utf8")).toMatch(/^sealed by aws-kms\n\S+\n$/);
  const sealed = sealCredential(first.current!, "here", "s3cret");
  expect(await (await loaded()).open("here", sealed)).toBe("s3cret");
  expect(new Set(kms.contexts.map((context) => JSON.stringify(context)))).toEqual(new Set(['{"purpose":"rollcall/connector-keys/v1"}']));
  await expect(loaded(sourceOf("aws-kms", { CONNECTOR_KEY_KMS: "alias/other" }))).rejects.toThrow(
    "AWS KMS in eu-central-1 refuses Decrypt: InvalidCiphertextException (400)",
  );
});

test.each([
  [
    "a caller that may not",
    () => kms.allowed.set(caller, ["Encrypt"]),
    /^AWS KMS in eu-central-1 refuses Decrypt: AccessDeniedException: User: AKIACANARY0000000000 may not kms:Decrypt \(400\)$/,
  ],
  ["nobody at the address", () => kms.stop(), /^AWS KMS in eu-central-1 could not be reached: .*ECONNREFUSED/],
  [
    "no credentials",
    () => void vi.stubEnv("AWS_ACCESS_KEY_ID", undefined),
    /^AWS KMS in eu-central-1 is not asked: no credentials of AWS were found/,
  ],
])("%s is one line without the secret, and worth asking again", async (_, breaks, message) => {
  await loaded();
  breaks();
  const error = await loaded().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "unavailable", message: expect.stringMatching(message) });
  expect(inspect(error, { depth: 9 })).not.toContain(secret);
});

test("a KMS that does not answer is not waited for long; a file that was changed does not open", async () => {
  await loaded();
  const text = readFileSync(file, "utf8");
  const at = text.length - 12;
  writeFileSync(file, `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`);
  await expect(loaded()).rejects.toThrow("InvalidCiphertextException");
  writeFileSync(file, text);
  kms.silent = true;
  const slow = awsKms({ key: "alias/rollcall", region: "eu-central-1", endpoint: kms.address, timeoutMillis: 50 });
  await expect(loaded(fileKeySource(file, slow))).rejects.toThrow("AWS KMS in eu-central-1 did not answer in time");
});

test("the keys move from a file to KMS and back, and open the same; none is given up to a KMS that would keep it", async () => {
  const plain = await loaded(sourceOf("file"));
  const sealed = sealCredential(plain.current!, "here", "s3cret");
  const before = readFileSync(file, "utf8");
  const move = (from: KeySourceKind, to: KeySourceKind) => moveKeyRing({ from: sourceOf(from), to: sourceOf(to), say: () => {} });
  kms.allowed.set(caller, ["Encrypt"]);
  await expect(move("file", "aws-kms")).rejects.toThrow("AccessDeniedException");
  expect(readFileSync(file, "utf8")).toBe(before);
  kms.allowed.set(caller, both);
  await move("file", "aws-kms");
  expect(readFileSync(file, "utf8")).not.toContain(before.trim());
  expect(await (await loaded()).open("here", sealed)).toBe("s3cret");
  await expect(loaded(sourceOf("file"))).rejects.toThrow("is sealed by aws-kms. Start with CONNECTOR_KEY_SOURCE=aws-kms");
  await move("aws-kms", "file");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("the key's ARN names the region; without any, and without a key, it says what is missing", async () => {
  const named = (key: string) => awsKms({ key, endpoint: kms.address }).name;
  expect(named("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")).toBe("AWS KMS in eu-west-1");
  expect(named("mrk-1234abcd12ab34cd56ef1234567890ab")).toBe("AWS KMS");
  expect(() => named("rollcall")).toThrow("CONNECTOR_KEY_KMS must be the id, the ARN or the alias");
  expect(() => sourceOf("aws-kms", { AWS_ENDPOINT_URL_KMS: "http://kms.corp.example" })).toThrow("must be an https address");
  expect(() => configuredKeySource({ CONNECTOR_KEY_SOURCE: "aws-kms", CONNECTOR_KEY_FILE: file })).toThrow("CONNECTOR_KEY_KMS is not set");
  await expect(awsKms({ key: "alias/rollcall", endpoint: kms.address }).wrap("ring")).rejects.toThrow("AWS_REGION is not set");
});
