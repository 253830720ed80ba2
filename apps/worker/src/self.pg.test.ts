import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boxKeyOf, hashSecret, mintApiKey, publishedKey, sealCredential, uuidV7 } from "@rollcall/platform";
import { credentialContext, type ApiKeyRow } from "@rollcall/posture-pipeline";
import { testRootKey } from "@rollcall/persistence/testing";
import { heldSecrets } from "./held-secrets.ts";
import { syncEveryWorkspace } from "./self-sync.ts";
import { WorkerUnderTest } from "./testing/worker-under-test.ts";

const canary = "CANARY-client-secret-0123456789abcdef";
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

describe("Rollcall in its own inventory", () => {
  let rig: WorkerUnderTest;
  let key: ApiKeyRow;
  const minted = mintApiKey("api");
  beforeAll(async () => {
    rig = await WorkerUnderTest.start();
    const { accounts } = rig.worker.stores;
    const limits = { networks: [], sources: [], createdBy: null, expiresAt: inDays(30) };
    const secretHash = hashSecret(testRootKey, minted.secret);
    key = await accounts.createApiKey(rig.workspaceId, { ...limits, keyId: minted.keyId, secretHash, name: "import", scopes: ["ingest"] });
    const { machines } = rig.worker.stores;
    const team = await accounts.saveTeam(rig.workspaceId, null, { name: "Platform", owners: [], memberIds: [] });
    if (team.outcome !== "done") throw new Error(team.outcome);
    const owner = { ownerUserId: null, ownerTeamId: team.id, createdBy: null };
    const { id: serviceUserId } = await machines.createServiceUser(rig.workspaceId, { ...owner, name: "builds", purpose: "Pushes" });
    await accounts.createApiKey(rig.workspaceId, {
      ...limits,
      keyId: "BBBBBBBBBBBB",
      secretHash,
      name: "read",
      scopes: ["read"],
      serviceUserId,
    });
    await machines.createFederation(rig.workspaceId, {
      serviceUserId,
      name: "main branch",
      issuer: "https://ci.example.org",
      audience: "rollcall",
      conditions: [{ claim: "sub", match: "glob", value: "acme/*" }],
      scopes: ["ingest"],
      sources: [],
      tokenMinutes: 15,
      createdBy: null,
    });
    await accounts.createSignInLink({
      tokenHash: "CANARY-token-hash",
      workspaceId: rig.workspaceId,
      role: "admin",
      email: "ada@example.org",
      createdBy: null,
      expiresAt: inDays(1),
    });
    const connectorKey = boxKeyOf("11".repeat(32));
    await rig.worker.pullSources.publishConnectorKey(publishedKey(testRootKey, connectorKey));
    const source = { id: uuidV7(), url: "https://exports.example.org/nightly.json", auth: { kind: "bearer", name: null } } as const;
    const sealed = sealCredential(connectorKey, credentialContext(rig.workspaceId, source), canary);
    await rig.worker.pullSources.create(rig.workspaceId, {
      ...source,
      name: "nightly",
      account: null,
      paging: null,
      intervalHours: 24,
      createdBy: null,
      credential: { sealed, keyId: connectorKey.keyId, fingerprint: null, setBy: null, expiresAt: null },
    });
    await rig.worker.self.recordSecrets(
      "worker",
      heldSecrets({ ROLLCALL_SECRET: testRootKey, REDIS_URL: `redis://:${canary}@127.0.0.1:6379` }, connectorKey),
    );
    await rig.database.query("insert into workspace (name) values ('Other')");
  });
  afterAll(() => rig?.stop());
  const number = async (sql: string): Promise<number> => Number((await rig.database.query(sql))[0]!["n"]);
  const credentials = "from credential c join source s on s.workspace_id = c.workspace_id and s.id = c.source_id where s.origin = 'self'";
  const statusOf = async (ref: string): Promise<unknown> =>
    (
      await rig.database.query(`select c.facts->'status'->>'known' as status ${credentials} and c.workspace_id = $2 and c.ref = $1`, [
        ref,
        rig.workspaceId,
      ])
    )[0]?.["status"];

  it("lists as many credentials as the tables have rows, and nothing of another workspace", async () => {
    const rows = await number(
      `select (select count(*) from api_key where workspace_id = '${rig.workspaceId}') + (select count(*) from sign_in_link where workspace_id = '${rig.workspaceId}')
            + (select count(*) from pull_source where credential is not null and workspace_id = '${rig.workspaceId}') + (select count(*) from federation where workspace_id = '${rig.workspaceId}') + (select count(*) from instance_secret) + (select count(*) from pg_roles where rolname in ('rollcall_app', 'rollcall_limited', 'rollcall_system')
            or oid = (select relowner from pg_class where oid = 'public.workspace'::regclass)) as n`,
    );
    expect(rows).toBe(12);
    await expect
      .poll(() => number(`select count(*) as n ${credentials} and c.workspace_id = '${rig.workspaceId}'`), { timeout: 30_000 })
      .toBe(rows);
    await syncEveryWorkspace(rig.worker);
    const others = `${credentials} and c.workspace_id <> '${rig.workspaceId}'`;
    await expect.poll(() => number(`select count(*) as n ${others}`), { timeout: 30_000 }).toBe(7);
    expect(await number(`select count(*) as n ${others} and c.kind in ('api_key', 'token')`)).toBe(0);
  });

  it("shows within one sync that a key was revoked", async () => {
    expect(await statusOf(`rollcall/api-key/${key.id}`)).toBe("active");
    await rig.worker.stores.accounts.revokeApiKey(rig.workspaceId, key.id, new Date().toISOString());
    await expect.poll(() => statusOf(`rollcall/api-key/${key.id}`), { timeout: 30_000 }).toBe("revoked");
  });

  it("notices a rotated secret, writes it to the audit log, and keeps the date", async () => {
    const dated = "select rotated_at from instance_secret where id = 'redis-password'";
    const [before] = await rig.database.query(dated);
    await rig.worker.self.recordSecrets(
      "worker",
      heldSecrets({ ROLLCALL_SECRET: testRootKey, REDIS_URL: `redis://:${canary}-2@127.0.0.1:6379` }),
    );
    const [after] = await rig.database.query(dated);
    expect((after!["rotated_at"] as Date).getTime()).toBeGreaterThan((before!["rotated_at"] as Date).getTime());
    const page = await rig.worker.stores.audit.list(rig.workspaceId, { filter: { action: "instance_secret.rotated" }, limit: 10 });
    expect(page.items.map(({ objectId }) => objectId)).toEqual(["redis-password"]);
    await rig.worker.self.recordSecrets("worker", heldSecrets({ ROLLCALL_SECRET: testRootKey }));
    expect(await number("select count(*) as n from instance_secret")).toBe(1);
  });

  it("is judged by the default rules like everything else", async () => {
    const open = async () =>
      (await rig.worker.stores.read.listFindings(rig.workspaceId, { filter: { state: "open" }, page: { limit: 200 } })).items;
    const rules = async () => [...new Set((await open()).map(({ ruleId }) => ruleId))];
    // Nobody was signed in, so nobody answers; and a root key has no end.
    await expect.poll(rules, { timeout: 30_000 }).toEqual(expect.arrayContaining(["OWN-001", "ROT-002"]));
    // Its federation takes every repository below acme.
    const loose = (await open()).filter(({ ruleId }) => ruleId === "CICD-002");
    expect(loose.map(({ subjectName }) => subjectName)).toEqual(["builds"]);
    expect((await rig.worker.stores.read.posture(rig.workspaceId)).state).toBe("empty");
  });

  it("stores facts only: no secret, no hash of one", async () => {
    const [inventoried] = await rig.database.query("select string_agg(payload::text, '') as text from observation");
    const everything = `${await rig.everythingStored()}${rig.logLines.join("\n")}`;
    expect(everything).toContain("CANARY-token-hash");
    expect(String(inventoried!["text"])).not.toContain("CANARY");
    for (const secret of [canary, minted.secret, testRootKey]) expect(everything.includes(secret)).toBe(false);
  });
});
