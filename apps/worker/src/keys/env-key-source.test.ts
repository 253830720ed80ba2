import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boxKeyOf, newBoxSeed, sealCredential } from "@rollcall/platform";
import { configuredKeySource } from "./configured-key-source.ts";
import { ConnectorKeys } from "./connector-keys.ts";

const [newest, former] = [newBoxSeed(), newBoxSeed()];

test("keys from the environment open what they sealed, the first one seals, and nothing is written", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-env-keys-"));
  const file = join(folder, "keys", "connector.keys");
  const source = configuredKeySource({ CONNECTOR_KEY_SOURCE: "env", CONNECTOR_KEYS: ` ${newest},\n${former} `, CONNECTOR_KEY_FILE: file })!;
  const keys = new ConnectorKeys(source);
  await keys.load();
  expect(keys.current).toMatchObject({ keyId: boxKeyOf(newest).keyId });
  expect(await keys.open("here", sealCredential(boxKeyOf(former), "here", "s3cret"))).toBe("s3cret");
  await expect(keys.open("there", sealCredential(boxKeyOf(former), "here", "s3cret"))).rejects.toThrow("belongs elsewhere");
  await expect(source.write(`${newest}\n`)).rejects.toThrow("Change it, and restart the worker");
  expect(() => rmSync(file)).toThrow("ENOENT");
  rmSync(folder, { recursive: true });
});

test("what is not a key is said to be so in one line that does not repeat it", async () => {
  const keys = new ConnectorKeys(configuredKeySource({ CONNECTOR_KEY_SOURCE: "env", CONNECTOR_KEYS: `${newest} tooshort` }));
  await expect(keys.load()).rejects.toThrow(/^CONNECTOR_KEYS is damaged: [^\n]+$/);
  await expect(keys.load()).rejects.not.toThrow("tooshort");
  expect(keys.current).toBeNull();
  expect(() => configuredKeySource({ CONNECTOR_KEY_SOURCE: "env" })).toThrow("CONNECTOR_KEYS is not set");
});

test("a running process looks again when the file was changed: a key that was taken out opens nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-file-keys-"));
  const file = join(folder, "connector.keys");
  writeFileSync(file, `${newest}\n${former}\n`);
  const keys = new ConnectorKeys(configuredKeySource({ CONNECTOR_KEY_FILE: file }));
  await keys.load();
  const sealed = sealCredential(boxKeyOf(former), "here", "s3cret");
  expect(await keys.open("here", sealed)).toBe("s3cret");
  writeFileSync(file, `${newest}\n`);
  await expect(keys.open("here", sealed)).rejects.toThrow(`needs the connector key ${boxKeyOf(former).keyId}, which is not here`);
  // A file that is gone for a moment is no reason to stop.
  rmSync(file);
  expect(await keys.open("here", sealCredential(boxKeyOf(newest), "here", "still"))).toBe("still");
  rmSync(folder, { recursive: true });
});
