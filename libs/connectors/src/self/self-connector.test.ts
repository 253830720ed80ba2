import { describe, expect, it } from "vitest";
import type { Observation } from "@rollcall/nhi-model";
import { openImport } from "../registry.ts";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { selfConnector } from "./connector.ts";

const file = fixtureFile(new URL("./fixtures/", import.meta.url), "rollcall.json");
const stated = [...selfConnector.parse([file], conformanceOptions)[0]!.observations].map(({ observation }) => observation);
const of = <K extends Observation["kind"]>(kind: K) =>
  stated.filter((item): item is Extract<Observation, { kind: K }> => item.kind === kind);

describe("Rollcall as a source", () => {
  it("states one credential for each row that opens something", () => {
    expect(new Set(of("credential").map(({ name }) => name))).toEqual(
      new Set([
        "rcl_api_AAAAAAAAAAAA",
        "rcl_api_BBBBBBBBBBBB",
        "rcl_api_CCCCCCCCCCCC",
        "rcl_api_DDDDDDDDDDDD",
        "main branch",
        "Credential for nightly",
        "Link for one admin",
        "postgres",
        "rollcall_app, derived from the root key",
        "Root key",
      ]),
    );
    expect(of("credential")).toHaveLength(10);
  });
  it("keeps a rotated key with its client, and says what became of the old one", () => {
    const keys = of("credential").filter(({ identityRef }) => identityRef === "rollcall/api-client/k1");
    expect(keys.map(({ facts }) => facts["status"])).toEqual(["expired", "active"]);
    expect(of("identity").find(({ ref }) => ref === "rollcall/api-client/k1")?.facts["status"]).toBe("active");
  });
  it("shows a revoked key as revoked and its client as disabled, with an owner who has left", () => {
    expect(of("credential").find(({ ref }) => ref === "rollcall/api-key/k3")?.facts["status"]).toBe("revoked");
    expect(of("identity").find(({ ref }) => ref === "rollcall/api-client/k3")?.facts["status"]).toBe("disabled");
    expect(of("owner").find(({ identityRef }) => identityRef === "rollcall/api-client/k3")?.personRef).toBe("rollcall/person/u2");
    expect(of("human").find(({ ref }) => ref === "rollcall/person/u2")).toMatchObject({ status: "departed" });
  });
  it("hangs keys and federations on the service user that owns them", () => {
    const builds = of("identity").find(({ ref }) => ref === "rollcall/service-user/s1");
    expect(builds?.facts).toMatchObject({
      status: "active",
      purpose: "Pushes what the builds find",
      trust: [{ kind: "oidc", issuerShared: true, subjectMatch: "wildcard", audiencePinned: true, external: true }],
    });
    expect(of("credential").find(({ ref }) => ref === "rollcall/federation/f1")).toMatchObject({
      identityRef: builds?.ref,
      credentialKind: "federated_trust",
    });
    expect(of("grant").find(({ from }) => from === builds?.ref)?.level).toBe("write");
    expect(of("owner").find(({ identityRef }) => identityRef === builds?.ref)).toMatchObject({
      ownerKind: "person",
      personRef: "rollcall/person/u1",
    });
  });
  it("lists what Rollcall shows to others when it reads by itself, with who entered it, and nothing for what asks for nothing", () => {
    const [credential, ...more] = of("credential").filter(({ ref }) => ref.startsWith("rollcall/pull-credential/"));
    expect(more).toEqual([]);
    expect(credential).toMatchObject({
      fingerprint: "fp1:00112233445566778899aabbccddeeff",
      facts: { status: "expired", lastRotatedAt: "2026-10-01T00:00:00.000Z", createdAt: { unknown: "not_offered" } },
    });
    expect(of("identity").find(({ ref }) => ref === credential!.identityRef)).toMatchObject({
      name: "Rollcall at exports.example.org: nightly",
    });
    expect(of("owner").find(({ identityRef }) => identityRef === credential!.identityRef)?.personRef).toBe("rollcall/person/u1");
  });
  it("shows what a disabled service user had as ended", () => {
    expect(of("identity").find(({ ref }) => ref === "rollcall/service-user/s2")?.facts["status"]).toBe("disabled");
    expect(of("credential").find(({ ref }) => ref === "rollcall/api-key/k4")?.facts["status"]).toBe("revoked");
    expect(of("grant").filter(({ from }) => from === "rollcall/service-user/s2")).toEqual([]);
  });
  it("names the administrators for what the instance made for itself", () => {
    const own = JSON.parse(new TextDecoder().decode(file.bytes)) as { apiKeys: { createdBy: string | null }[] };
    own.apiKeys[2]!.createdBy = null;
    const bytes = new TextEncoder().encode(JSON.stringify(own));
    const [parsed] = selfConnector.parse([{ ...file, bytes }], conformanceOptions);
    const claims = [...parsed!.observations].map(({ observation }) => observation).filter(({ kind }) => kind === "owner");
    expect(claims.filter((claim) => "identityRef" in claim && claim.identityRef === "rollcall/api-client/k3")).toMatchObject([
      { personRef: "rollcall/person/u1", signal: "workspace_admin" },
    ]);
  });
  it("does not know when a secret was made that is older than the instance's memory", () => {
    const older = JSON.parse(new TextDecoder().decode(file.bytes)) as { instanceSecrets: { rotatedAt: string | null }[] };
    older.instanceSecrets[0]!.rotatedAt = null;
    const bytes = new TextEncoder().encode(JSON.stringify(older));
    const [parsed] = selfConnector.parse([{ ...file, bytes }], conformanceOptions);
    const root = [...parsed!.observations].map(({ observation }) => observation).find(({ ref }) => ref === "rollcall/secret/root-key");
    expect(root).toMatchObject({ facts: { lastRotatedAt: { unknown: "not_collected" } } });
  });
  it("cannot be uploaded: nobody speaks in the name of Rollcall", () => {
    expect(() => openImport([file], conformanceOptions)).toThrow(/recognised/);
  });
});
