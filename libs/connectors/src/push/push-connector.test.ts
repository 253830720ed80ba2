import { describe, expect, it } from "vitest";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { pushConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const lines = fixtureFile(fixtures, "runners.ndjson");
const parse = (...records: readonly unknown[]): readonly ParsedImport[] =>
  pushConnector.parse(
    [textFile("push.ndjson", records.map((record) => (typeof record === "string" ? record : JSON.stringify(record))).join("\n"))],
    conformanceOptions,
  );
const only = (...records: readonly unknown[]): ParsedImport => {
  const imports = parse(...records);
  expect(imports).toHaveLength(1);
  return imports[0] as ParsedImport;
};
const envelope = { source: "s", scopes: [{ dataset: "d", outcome: "complete" }] };
const identity = (ref: string, more: object = {}) => ({ kind: "identity", ref, identityKind: "bot", name: ref, provider: "p", ...more });

describe("push", () => {
  it("reads every kind of observation, from lines and from an array alike", () => {
    const [fromLines] = pushConnector.parse([lines], conformanceOptions);
    const [fromArray] = pushConnector.parse([fixtureFile(fixtures, "runners.json")], conformanceOptions);
    expect(fromLines).toMatchObject({
      account: "build-farm/acme",
      asOf: "2026-11-01T00:00:00.000Z",
      asOfBasis: "file_content",
      rejected: [],
    });
    expect(fromLines?.reports).toEqual([
      expect.objectContaining({
        outcome: "complete",
        scope: { connector: "push", dataset: "runners", account: "build-farm/acme", region: "global" },
      }),
    ]);
    expect(fromLines?.totals).toEqual({ credential: 1, grant: 1, human: 1, identity: 2, owner: 1, resource: 1, source: 1, usage: 1 });
    expect([...(fromArray?.observations ?? [])]).toEqual([...(fromLines?.observations ?? [])]);
  });
  it("keeps the good records and says line and reason for the others", () => {
    const parsed = only(
      envelope,
      identity("a"),
      '{"kind":"identity","ref":',
      identity("b", { surprise: 1 }),
      `{"kind":"identity","__proto__":{"x":1}}`,
      "[1]",
      identity("c", { facts: { createdAt: "2300-01-01T00:00:00Z" } }),
      identity("d", { attributes: { deep: JSON.parse("[".repeat(40) + "]".repeat(40)) } }),
      identity("e"),
    );
    expect([...parsed.observations].map(({ observation }) => observation.ref)).toEqual(["a", "e"]);
    expect(parsed.rejected.map(({ where, code }) => `${where} ${code}`)).toEqual([
      "push.ndjson:3 invalid_json",
      "push.ndjson:4 invalid_record",
      "push.ndjson:5 forbidden_key",
      "push.ndjson:6 invalid_record",
      "push.ndjson:7 invalid_time",
      "push.ndjson:8 too_deep",
    ]);
    expect(parsed.reports[0]).toMatchObject({ outcome: "partial" });
    expect({}).not.toHaveProperty("x");
  });
  it("cleans what a database refuses", () => {
    const parsed = only(
      envelope,
      '{"kind":"identity","ref":"a\\u0000b","identityKind":"bot","name":"x\\ud800y\\u001b[31m","provider":"p"}',
    );
    expect([...parsed.observations][0]?.observation).toMatchObject({ ref: "ab", name: "x\ufffdy[31m" });
  });
  it("refuses times of the future, except where they belong", () => {
    const facts = (path: string, value: string) =>
      only(envelope, { kind: "credential", ref: "c", identityRef: "i", credentialKind: "token", facts: { [path]: value } }).rejected.length;
    expect(facts("lastUsedAt", "2026-11-21T12:09:00Z")).toBe(0);
    expect(facts("lastUsedAt", "2026-11-21T12:11:00Z")).toBe(1);
    expect(facts("expiresAt", "2027-11-21T00:00:00Z")).toBe(0);
  });
  it("separates sources by their envelopes", () => {
    const imports = parse({ source: "one" }, identity("a"), { source: "two", account: "x" }, identity("b"));
    expect(imports.map(({ account, observations }) => [account, [...observations].length])).toEqual([
      ["one", 1],
      ["two/x", 1],
    ]);
  });
  it("sorts records into the dataset they name, and vouches for none that no envelope reports", () => {
    const parsed = only({ ...envelope, scopes: [...envelope.scopes, { dataset: "f", outcome: "denied" }] }, identity("a"), {
      ...identity("b"),
      dataset: "f",
    });
    expect(parsed.reports.map((report) => [report.scope.dataset, report.outcome])).toEqual([
      ["d", "complete"],
      ["f", "denied"],
      ["observations", "partial"],
    ]);
  });
  it("fingerprints what a secret holds as it does credentials, so that the two meet", () => {
    const parsed = only(
      envelope,
      { kind: "credential", ref: "c", identityRef: "i", credentialKind: "token", fingerprint: "9f86d081884c7d65" },
      {
        kind: "resource",
        ref: "r",
        resourceKind: "secret",
        name: "r",
        provider: "p",
        attributes: { valueFingerprint: "9f86d081884c7d65", valueFingerprints: ["ghp_0123456789abcdefghijABCDEFGHIJ", "9f86d081884c7d65"] },
      },
    );
    const [credential, secret] = [...parsed.observations].map(({ observation }) => observation);
    const print = credential?.kind === "credential" ? credential.fingerprint : undefined;
    expect(print).toMatch(/\S/);
    expect(print).not.toBe("9f86d081884c7d65");
    expect(secret).toMatchObject({
      attributes: { valueFingerprint: print, valueFingerprints: [expect.not.stringContaining("ghp_"), print] },
    });
  });
  it.each([
    ["takes the level of an access from its attributes", { attributes: { level: "admin" } }, "admin"],
    ["takes it from its own place", { level: "write" }, "write"],
    ["takes it from both", { level: "write", attributes: { level: "write" } }, "write"],
    ["refuses an unknown level", { attributes: { level: "owner" } }, "grant left out: attributes.level is none of read, write, admin"],
    ["refuses two levels", { level: "read", attributes: { level: "write" } }, "grant left out: level and attributes.level differ"],
    ["leaves alone what another kind of grant calls level", { grantKind: "MEMBER_OF", attributes: { level: "owner" } }, undefined],
  ])("%s", (_, more, expected) => {
    const parsed = only(envelope, { kind: "grant", ref: "g", dialect: "direct", grantKind: "ACCESSES", from: "a", to: "b", ...more });
    const [grant] = [...parsed.observations].map(({ observation }) => observation);
    expect(grant?.kind === "grant" ? grant.level : parsed.rejected[0]?.message).toBe(expected);
  });
});
