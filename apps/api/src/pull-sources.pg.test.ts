import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRootKey } from "@rollcall/persistence/testing";
import { boxKeyOf, openCredential, publishedKey } from "@rollcall/platform";
import { credentialContext, type PullSourceRow } from "@rollcall/posture-pipeline";
import { ApiUnderTest, type Browser } from "./testing/api-under-test.ts";

const canary = "CANARY-credential-0123456789-abcdef";
const key = boxKeyOf("11".repeat(32));
const source = { name: "nightly", url: "https://exports.example.org/nightly.json" };
const bearer = { kind: "bearer", secret: canary };

describe("sources that Rollcall reads by itself, as the API takes them in", () => {
  let api: ApiUnderTest;
  let admin: Browser;
  let workspaceId: string;
  beforeAll(async () => {
    api = await ApiUnderTest.start(null, null, ["exports.corp.example:8443"]);
    admin = await api.admin();
    workspaceId = (await admin.query<{ workspace: { id: string } }>("session.me")).workspace.id;
  });
  afterAll(() => api?.stop());
  const create = (more: object = {}) => admin.mutate<PullSourceRow>("sources.pulls.create", { ...source, auth: bearer, ...more });
  const refusal = async (input: object, path = "sources.pulls.create"): Promise<string> => {
    const response = await admin.mutateRaw(path, input);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.statusCode).toBeLessThan(500);
    expect(response.body).not.toContain(canary);
    return response.body;
  };
  const stored = async (id: string): Promise<Record<string, unknown>> =>
    (await api.database.query("select * from pull_source where id = $1", [id]))[0]!;

  it("keep no credential before a worker said what to seal it with, and none under a key that is not the worker's", async () => {
    expect(await refusal({ ...source, auth: bearer })).toContain("No worker has a key");
    await api.parts.services.pullSources.publishConnectorKey({ ...publishedKey("22".repeat(32), key) });
    expect(await refusal({ ...source, auth: bearer })).toContain("not the worker's");
    await api.parts.services.pullSources.publishConnectorKey(publishedKey(testRootKey, key));
    expect((await create()).credential).not.toBeNull();
  });

  it("give a credential to nobody who asks, and to the worker only", async () => {
    const row = await create({ auth: { ...bearer, expiresAt: "2027-01-31T00:00:00Z" } });
    expect(row).toMatchObject({ auth: { kind: "bearer", name: null }, run: { state: "waiting" }, intervalHours: 24 });
    expect(row.credential).toMatchObject({
      expiresAt: "2027-01-31T00:00:00.000Z",
      fingerprint: expect.stringMatching(/^fp1:/),
      problem: null,
    });
    expect(row.credential!.setByName).not.toBeNull();
    const answers = `${JSON.stringify(row)}${JSON.stringify(await admin.query("sources.pulls.list"))}${JSON.stringify(await admin.query("audit.list", {}))}`;
    expect(answers).toContain("pull_source.created");
    for (const secret of [canary, "sealed", key.publicKey]) expect(answers).not.toContain(secret);
    const { credential } = await stored(row.id);
    const context = credentialContext(workspaceId, row);
    expect(openCredential([key], context, credential as Uint8Array)).toBe(canary);
    expect(() => openCredential([key], credentialContext(workspaceId, { ...row, id: "else" }), credential as Uint8Array)).toThrow(
      /elsewhere/,
    );
  });

  it("get another credential, another way of showing it, or none; what was there is gone", async () => {
    const { id } = await create();
    const before = await stored(id);
    const change = (auth: object) => admin.mutate<PullSourceRow>("sources.pulls.setCredential", { id, auth });
    const row = await change({ kind: "basic", name: "ada", secret: `${canary}-2` });
    expect(row).toMatchObject({ auth: { kind: "basic", name: "ada" }, credential: { fingerprint: null } });
    const after = await stored(id);
    expect(openCredential([key], credentialContext(workspaceId, row), after["credential"] as Uint8Array)).toBe(`${canary}-2`);
    expect(Buffer.compare(before["credential"] as Buffer, after["credential"] as Buffer)).not.toBe(0);
    expect(await change({ kind: "none" })).toMatchObject({ auth: { kind: "none" }, credential: null });
    expect(await stored(id)).toMatchObject({ credential: null, credential_key_id: null, credential_fingerprint: null });
    const actions = (await admin.query<{ items: { action: string }[] }>("audit.list", {})).items.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["pull_source.credential_set", "pull_source.credential_removed"]));
    await admin.mutate("sources.pulls.remove", { id });
    expect(await stored(id)).toBeUndefined();
  });

  it.each([
    ["http://exports.example.org/x", /https/],
    ["https://127.0.0.1/x", /public internet/],
    ["https://169.254.169.254/latest", /public internet/],
    ["https://[::ffff:10.0.0.1]/x", /public internet/],
    ["https://ada:secret@exports.example.org/x", /user or a password/],
    ["https://exports.example.org/x?access_token=abc", /access_token/],
    ["https://bucket.example.org/x?X-Amz-Signature=abc", /X-Amz-Signature/],
    ["https://account.example.org/x?sv=2024&sig=abc", /sig/],
    ["https://exports.example.org/x#token", /fragment/],
    ["file:///etc/passwd", /https/],
    ["nonsense", /https/],
  ])("are not at %s", async (url, why) => expect(await refusal({ ...source, auth: { kind: "none" }, url })).toMatch(why));
  it.each([
    { kind: "bearer", secret: "short" },
    { kind: "bearer", secret: `${canary}\r\nx-evil: 1` },
    { kind: "header", name: "Host", secret: canary },
    { kind: "header", name: "x y", secret: canary },
    { kind: "basic", name: "a:b", secret: canary },
    { kind: "oauth", secret: canary },
  ])("take no credential such as %j, and do not repeat it", async (auth) => void (await refusal({ ...source, auth })));
  it("may be on a network of ours that the operator named", async () => {
    expect((await create({ url: "http://exports.corp.example:8443/x", auth: { kind: "none" } })).url).toBe(
      "http://exports.corp.example:8443/x",
    );
  });

  it("are read when asked for, once at a time, and stopped", async () => {
    const { id } = await create({ auth: { kind: "none" } });
    const jobs = async () => (await api.database.query("select 1 from outbox where payload->>'pullSourceId' = $1", [id])).length;
    await admin.mutate("sources.pulls.run", { id });
    expect(await jobs()).toBe(1);
    await admin.mutate("sources.pulls.cancel", { id });
    const [row] = (await admin.query<PullSourceRow[]>("sources.pulls.list")).filter((one) => one.id === id);
    expect(row).toMatchObject({ run: null, last: { outcome: "cancelled" } });
    await admin.mutate("sources.pulls.run", { id });
    expect(await jobs()).toBe(2);
  });

  it("cannot lose the key that opens them", async () => {
    await expect(api.database.query("delete from connector_key")).rejects.toThrow(/foreign key/);
  });
});
