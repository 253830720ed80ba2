import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStores, runtimeUrls, type Stores } from "@rollcall/persistence";
import { testDatabase, testRootKey, type TestDatabase } from "@rollcall/persistence/testing";
import { createLogger, readKeyRing, sealCredential, uuidV7, withNewKey } from "@rollcall/platform";
import { credentialContext } from "@rollcall/posture-pipeline";
import { checkConnectorKeys } from "./check-connector-keys.ts";
import { ConnectorKeys } from "./connector-keys.ts";
import { envKeySource } from "./env-key-source.ts";
import { fileKeySource } from "./file-key-source.ts";
import { shredCredentials } from "./shred-credentials.ts";

describe("destroying the credentials of a workspace", () => {
  let database: TestDatabase;
  let stores: Stores;
  let folder: string;
  let file: string;
  let running: ConnectorKeys;
  let doomed: string;
  let other: string;
  const auth = { kind: "bearer", name: null } as const;
  beforeAll(async () => {
    database = await testDatabase();
    stores = createStores(runtimeUrls(database.ownerUrl, testRootKey));
    doomed = await stores.accounts.ensureWorkspace("Doomed");
    other = String((await database.query("insert into workspace (name) values ('Other') returning id"))[0]!["id"]);
    folder = mkdtempSync(join(tmpdir(), "rollcall-shred-"));
    file = join(folder, "connector.keys");
    running = new ConnectorKeys(fileKeySource(file));
    const logger = createLogger("worker", { level: "silent" });
    await checkConnectorKeys({ ...stores, connectorKeys: running, rootKey: testRootKey, logger });
  });
  afterAll(async () => {
    await stores.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  interface Entered {
    readonly workspace: string;
    readonly id: string;
    readonly context: string;
    readonly sealed: Uint8Array;
  }
  async function enter(workspace: string, secret: string): Promise<Entered> {
    const source = { id: uuidV7(), url: "https://exports.example.org/x", auth };
    const context = credentialContext(workspace, source);
    const sealed = sealCredential(running.current!, context, secret);
    const credential = { sealed, keyId: running.current!.keyId, fingerprint: null, setBy: null, expiresAt: null };
    const settings = { name: secret, account: null, paging: null, intervalHours: 1, createdBy: null };
    await stores.pullSources.create(workspace, { ...source, ...settings, credential });
    return { workspace, id: source.id, context, sealed };
  }
  const shred = (workspace: string, source = fileKeySource(file)): Promise<boolean> =>
    shredCredentials(workspace, { pullSources: stores.pullSources, audit: stores.audit, rootKey: testRootKey, source, say: () => {} });
  const stored = async ({ workspace, id }: Entered): Promise<Uint8Array | null> =>
    (await stores.pullSources.sealedOtherwise("none", null, 100)).find((row) => row.workspaceId === workspace && row.id === id)?.sealed
      ?.sealed ?? null;
  const keyIds = (): readonly string[] => readKeyRing(readFileSync(file, "utf8"), file).map(({ keyId }) => keyId);

  it("leaves no key that opens a copy of before, also not in the process that runs, and loses nothing of the others", async () => {
    const [mine, theirs] = [await enter(doomed, "mine"), await enter(other, "theirs")];
    expect(await running.open(mine.context, mine.sealed)).toBe("mine");
    const before = keyIds();
    expect(await shred("Doomed")).toBe(true);
    expect(keyIds()).toHaveLength(1);
    expect(before).not.toContain(keyIds()[0]);
    expect(await stored(mine)).toBeNull();
    await expect(running.open(mine.context, mine.sealed)).rejects.toThrow(`needs the connector key ${before[0]}, which is not here`);
    expect(await running.open(theirs.context, (await stored(theirs))!)).toBe("theirs");
    const [source] = await stores.pullSources.list(doomed);
    expect(source).toMatchObject({ name: "mine", auth: { kind: "none" }, credential: null });
    const audited = await stores.audit.list(doomed, { filter: {}, limit: 50 });
    const rows = audited.items.filter(({ action }) => /shredded|credential_removed/.test(action));
    expect(rows.map(({ action, objectId }) => [action, objectId])).toEqual([
      ["workspace.credentials_shredded", doomed],
      ["pull_source.credential_removed", mine.id],
    ]);
    expect(rows[0]!.detail).toEqual({ deleted: 1, destroyedKeys: before, key: keyIds()[0] });
    expect((await stores.audit.list(other, { filter: { action: "workspace.credentials_shredded" }, limit: 50 })).items).toEqual([]);
  });

  it("does not go on with a key that was begun before: copies may be under it", async () => {
    // A rotation that was stopped after it had moved this one.
    const { text } = withNewKey(readFileSync(file, "utf8"));
    const theirs = await enter(other, "theirs too");
    writeFileSync(file, text);
    await running.load();
    await checkConnectorKeys({
      ...stores,
      connectorKeys: running,
      rootKey: testRootKey,
      logger: createLogger("worker", { level: "silent" }),
    });
    const mine = await enter(doomed, "mine again");
    const before = keyIds();
    expect(before).toHaveLength(2);
    expect(await shred(doomed)).toBe(true);
    expect(keyIds().filter((id) => before.includes(id))).toEqual([]);
    await expect(running.open(mine.context, mine.sealed)).rejects.toThrow("which is not here");
    expect(await running.open(theirs.context, (await stored(theirs))!)).toBe("theirs too");
  });

  it("deletes nothing when it cannot do the whole", async () => {
    const mine = await enter(doomed, "kept");
    const before = readFileSync(file, "utf8");
    await expect(shred("Doomed", envKeySource(before))).rejects.toThrow("Keys cannot be destroyed in CONNECTOR_KEYS");
    await expect(shred("Nobody")).rejects.toThrow('There is no workspace "Nobody"');
    await expect(shred("Doomed", fileKeySource(join(folder, "nowhere")))).rejects.toThrow("There are no keys");
    await database.query("insert into workspace (name) values ('Doomed')");
    await expect(shred("Doomed")).rejects.toThrow("several workspaces");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(await running.open(mine.context, (await stored(mine))!)).toBe("kept");
  });
});
