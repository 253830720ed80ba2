import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "../database/database.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";

const asOf = "2026-01-03T00:00:00.000Z";

describe("accounts", () => {
  let rig: TestWorkspace;
  let database: Database;
  beforeAll(async () => {
    rig = await testWorkspace();
    database = createDatabase(rig.server);
  });
  afterAll(async () => {
    await database.close();
    await rig.end();
  });
  it("keeps members, links, keys and answers", async () => {
    const { workspace, stores } = rig;
    const { accounts } = stores;
    const first = await accounts.ensureWorkspace("First");
    expect(await accounts.ensureWorkspace("Second")).toBe(first);
    for (const id of ["ann", "bob"])
      await database.withSystem((tx) =>
        tx.user.create({ data: { id: `${id}-${workspace}`, name: id, email: `${id}-${workspace}@example.org` } }),
      );
    const [ann, bob] = [`ann-${workspace}`, `bob-${workspace}`];
    await accounts.addMember(workspace, ann, "admin");
    await accounts.addMember(workspace, bob, "analyst");
    await accounts.addMember(workspace, bob, "admin");
    expect((await accounts.listMembers(workspace)).map((member) => [member.name, member.role])).toEqual([
      ["ann", "admin"],
      ["bob", "analyst"],
    ]);
    expect(await stores.triage.members(workspace)).toMatchObject([{ userId: ann, role: "admin" }, { userId: bob }]);
    expect(await accounts.workspacesOf(bob)).toMatchObject([{ id: workspace, role: "analyst" }]);
    expect(await accounts.removeMember(workspace, ann)).toBe("last_admin");
    expect(await accounts.setMemberRole(workspace, bob, "admin")).toBe("done");
    expect(await accounts.removeMember(workspace, ann)).toBe("done");
    expect(await accounts.removeMember(workspace, ann)).toBe("not_found");
    const link = {
      tokenHash: randomUUID(),
      workspaceId: workspace,
      role: "auditor" as const,
      email: null,
      createdBy: bob,
      expiresAt: "2026-02-01T00:00:00.000Z",
    };
    await accounts.createSignInLink(link);
    expect(await accounts.redeemSignInLink(link.tokenHash, "2026-02-02T00:00:00.000Z")).toBeNull();
    const redeemed = await Promise.all([1, 2, 3].map(() => accounts.redeemSignInLink(link.tokenHash, asOf)));
    expect(redeemed.filter((result) => result !== null)).toEqual([
      { workspaceId: workspace, role: "auditor", email: null, createdBy: bob },
    ]);
    const key = await accounts.createApiKey(workspace, {
      keyId: randomUUID().slice(0, 12),
      secretHash: "hash",
      name: "ci",
      scopes: ["ingest"],
      networks: [],
      sources: [],
      expiresAt: "2026-03-01T00:00:00.000Z",
      createdBy: bob,
    });
    await accounts.touchApiKey(workspace, key.id, "2026-01-03T10:00:00.000Z");
    await accounts.touchApiKey(workspace, key.id, "2026-01-03T10:04:00.000Z");
    expect(await accounts.findApiKey(key.keyId, () => true)).toMatchObject({
      workspaceId: workspace,
      secretHash: "hash",
      lastUsedAt: "2026-01-03T10:00:00.000Z",
      revokedAt: null,
    });
    expect(await accounts.revokeApiKey(await rig.newWorkspace(), key.id, asOf)).toBe(false);
    expect(await accounts.revokeApiKey(workspace, key.id, asOf)).toBe(true);
    expect(await accounts.findApiKey(key.keyId, () => true)).toMatchObject({ revokedAt: asOf });
    expect(await accounts.beginIdempotent(workspace, "k", "body")).toBeNull();
    expect(await accounts.beginIdempotent(workspace, "k", "other")).toEqual({ requestHash: "body", response: null });
    await accounts.finishIdempotent(workspace, "k", { status: 202, headers: { location: "/x" }, body: "{}" });
    await accounts.abandonIdempotent(workspace, "k");
    expect(await accounts.beginIdempotent(workspace, "k", "body")).toEqual({
      requestHash: "body",
      response: { status: 202, headers: { location: "/x" }, body: "{}" },
    });
  });

  it("a key is compared before more is read of it, and one that never was in the same way", async () => {
    const { accounts } = rig.stores;
    const keyId = randomUUID().slice(0, 12);
    const limits = { scopes: ["read" as const], networks: [], sources: [], createdBy: null };
    await accounts.createApiKey(rig.workspace, { ...limits, keyId, secretHash: "hash", name: "ci", expiresAt: "2026-03-01T00:00:00.000Z" });
    const asked: (string | null)[] = [];
    const refuse = (hash: string | null): boolean => asked.push(hash) === 0;
    expect(await accounts.findApiKey(keyId, refuse)).toBeNull();
    expect(await accounts.findApiKey("never-was", refuse)).toBeNull();
    expect(await rig.stores.machines.findFederatedToken("never-was", refuse)).toBeNull();
    expect(asked).toEqual(["hash", null, null]);
  });
});
