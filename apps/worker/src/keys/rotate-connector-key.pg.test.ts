import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createStores, runtimeUrls, type Stores } from "@rollcall/persistence";
import { testDatabase, testRootKey, type TestDatabase } from "@rollcall/persistence/testing";
import {
  boxKeyOf,
  createLogger,
  newBoxSeed,
  publishedKey,
  readKeyRing,
  sealCredential,
  uuidV7,
  withNewKey,
  type BoxPrivateKey,
} from "@rollcall/platform";
import { credentialContext, type StoredPullSource } from "@rollcall/posture-pipeline";
import { TransitServer } from "../testing/transit-server.ts";
import { checkConnectorKeys, startKeyCheck } from "./check-connector-keys.ts";
import { ConnectorKeys } from "./connector-keys.ts";
import { envKeySource } from "./env-key-source.ts";
import { fileKeySource } from "./file-key-source.ts";
import { rotateConnectorKey } from "./rotate-connector-key.ts";
import { vaultTransit } from "./vault-transit.ts";

describe("a new key for the credentials of sources", () => {
  let database: TestDatabase;
  let stores: Stores;
  let folder: string;
  let file: string;
  let workspace: string;
  let said: string[] = [];
  /** The worker that goes on working meanwhile. */
  let running: ConnectorKeys;
  const auth = { kind: "bearer", name: null } as const;
  beforeAll(async () => {
    database = await testDatabase();
    stores = createStores(runtimeUrls(database.ownerUrl, testRootKey));
    workspace = await stores.accounts.ensureWorkspace("test");
    folder = mkdtempSync(join(tmpdir(), "rollcall-rewrap-"));
    file = join(folder, "connector.keys");
    running = new ConnectorKeys(fileKeySource(file));
    await checkConnectorKeys({
      ...stores,
      connectorKeys: running,
      rootKey: testRootKey,
      logger: createLogger("worker", { level: "silent" }),
    });
    for (let n = 0; n < 250; n += 1) await enter(`secret-${n}`);
  });
  afterAll(async () => {
    await stores.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  async function enter(secret: string, key = running.current!): Promise<string> {
    const source = { id: uuidV7(), url: "https://exports.example.org/x", auth };
    const sealed = sealCredential(key, credentialContext(workspace, source), secret);
    const credential = { sealed, keyId: key.keyId, fingerprint: null, setBy: null, expiresAt: null };
    await stores.pullSources.create(workspace, {
      ...source,
      name: secret,
      account: null,
      paging: null,
      intervalHours: 1,
      createdBy: null,
      credential,
    });
    return source.id;
  }
  const rotate = async (keepFormer = false): Promise<boolean> => {
    said = [];
    const say = (line: string): void => void said.push(line);
    const rotation = await rotateConnectorKey({
      pullSources: stores.pullSources,
      rootKey: testRootKey,
      source: fileKeySource(file),
      keepFormer,
      say,
    });
    return rotation.complete;
  };
  const all = (): Promise<readonly StoredPullSource[]> => stores.pullSources.sealedOtherwise("none", null, 1_000);
  const opened = async (keys: ConnectorKeys): Promise<readonly boolean[]> =>
    Promise.all(
      (await all()).map(async (source) => (await keys.open(credentialContext(workspace, source), source.sealed!.sealed)) === source.name),
    );
  const ring = (): readonly BoxPrivateKey[] => readKeyRing(readFileSync(file, "utf8"), file);
  const inFile = (): readonly string[] => ring().map(({ keyId }) => keyId);
  const inDatabase = async (): Promise<unknown[]> => (await database.query("select key_id from connector_key")).map((row) => row["key_id"]);

  it("moves every credential, forgets the former key, and the worker that runs goes on", async () => {
    const [before] = inFile();
    expect(await rotate()).toBe(true);
    const [after, ...more] = inFile();
    expect(after).not.toBe(before);
    expect(more).toEqual([]);
    expect(await inDatabase()).toEqual([after]);
    expect(said[1]).toBe("250 credentials moved, 0 entered anew meanwhile, 0 that no key here opens");
    const results = await opened(running);
    expect(results).toHaveLength(250);
    expect(results.every(Boolean)).toBe(true);
    const audited = await stores.audit.list(workspace, { filter: { action: "pull_source.credential_rewrapped" }, limit: 300 });
    expect(audited.items.length).toBeGreaterThanOrEqual(200);
  });

  it("goes on with the same key after it was interrupted, and takes what was entered meanwhile along", async () => {
    const former = ring()[0]!;
    const { text, key: begun } = withNewKey(readFileSync(file, "utf8"));
    writeFileSync(file, text);
    await stores.pullSources.publishConnectorKey(publishedKey(testRootKey, begun));
    // Halfway: the API had asked for the key before.
    await enter("late", former);
    expect(await rotate()).toBe(true);
    expect(inFile()).toEqual([begun.keyId]);
    expect(said[1]).toMatch(/^251 credentials moved/);
    await expect(enter("too late", former)).rejects.toMatchObject({ code: "conflict" });
    expect((await opened(running)).every(Boolean)).toBe(true);
  });

  it("keeps former keys when asked to, and counts what no key here opens without touching it", async () => {
    const stranger = boxKeyOf(newBoxSeed());
    const { current } = running;
    await stores.pullSources.publishConnectorKey(publishedKey(testRootKey, stranger));
    const id = await enter("lost", stranger);
    const sealed = async () => (await all()).find((source) => source.id === id)!.sealed!.sealed;
    const before = Buffer.from(await sealed());
    await stores.pullSources.publishConnectorKey(publishedKey(testRootKey, ring()[0]!));
    const kept = inFile();
    expect(await rotate(true)).toBe(false);
    expect(inFile().slice(1)).toEqual(kept);
    expect(said[1]).toContain("1 that no key here opens");
    expect(Buffer.compare(before, Buffer.from(await sealed()))).toBe(0);
    expect(await inDatabase()).toContain(stranger.keyId);
    expect(said.join("\n")).not.toContain(readFileSync(file, "utf8").slice(0, 64));
    expect(current).not.toBeNull();
  });

  it("moves everything under the first key of the environment, and says which ones may go", async () => {
    const newest = newBoxSeed();
    const text = readFileSync(file, "utf8");
    const lines: string[] = [];
    const rotation = {
      pullSources: stores.pullSources,
      rootKey: testRootKey,
      keepFormer: false,
      say: (line: string) => void lines.push(line),
    };
    const held = ring().map(({ keyId }) => keyId);
    await rotateConnectorKey({ ...rotation, source: envKeySource(`${newest} ${text}`) });
    expect(lines.at(-2)).toBe(`Nothing needs these any more, take them out of CONNECTOR_KEYS: ${held.join(", ")}`);
    expect(readFileSync(file, "utf8")).toBe(text);
    const keys = new ConnectorKeys(envKeySource(newest));
    await keys.load();
    const closed: string[] = [];
    for (const source of await all()) {
      const opened = await keys.open(credentialContext(workspace, source), source.sealed!.sealed).catch(() => "does not open");
      if (opened !== source.name) closed.push(source.name);
    }
    expect(closed).toEqual(["lost"]);
    // Once more, with nothing new: nothing is done.
    await expect(rotateConnectorKey({ ...rotation, source: envKeySource(newest) })).rejects.toThrow("put 64 hex digits");
  });

  it("works the same where Vault seals the ring, and marks nothing while Vault does not answer", async () => {
    const vault = await TransitServer.start();
    vault.tokens.set("token", ["encrypt", "decrypt"]);
    const wrapped = join(folder, "sealed.keys");
    const wrapper = vaultTransit({ address: vault.address, path: "transit/rollcall", token: { value: "token" } });
    const source = fileKeySource(wrapped, wrapper);
    const connectorKeys = new ConnectorKeys(source);
    vault.sealed = true;
    const lines: string[] = [];
    const logger = createLogger("worker", { destination: { write: (line: string) => void lines.push(line) } });
    const problems = async () => (await all()).map(({ credential }) => credential!.problem);
    const before = await problems();
    const check = await startKeyCheck({ ...stores, connectorKeys, rootKey: testRootKey, logger }, 20);
    expect(lines.join()).toContain("Vault is sealed (503)");
    expect(await problems()).toEqual(before);
    vault.sealed = false;
    await vi.waitFor(() => expect(connectorKeys.current).not.toBeNull(), { timeout: 10_000 });
    await check.close();
    const { current } = connectorKeys;
    expect((await stores.pullSources.connectorKey())!.keyId).toBe(current!.keyId);
    const id = await enter("under Vault", current!);
    await rotateConnectorKey({ pullSources: stores.pullSources, rootKey: testRootKey, source, keepFormer: false, say: () => {} });
    const row = (await all()).find((one) => one.id === id)!;
    expect(row.sealed!.keyId).not.toBe(current!.keyId);
    expect(await connectorKeys.open(credentialContext(workspace, row), row.sealed!.sealed)).toBe("under Vault");
    expect(readFileSync(wrapped, "utf8")).toMatch(/^sealed by vault\nvault:v1:/);
    vault.stop();
  });
});
