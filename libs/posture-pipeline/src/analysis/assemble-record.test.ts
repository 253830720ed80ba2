import { describe, expect, it } from "vitest";
import { humanDirectory } from "@rollcall/lifecycle";
import type { Fact, FactMap, FactValue, Identity, NhiRecord, OwnerClaim } from "@rollcall/nhi-model";
import { assembleRecord } from "./assemble-record.ts";
import type { RecordParts } from "./assemble-record.ts";

const known = (value: FactValue): Fact<FactValue> => ({ known: value, source: "test", observedAt: "2026-01-01T00:00:00Z" });
const identity = (facts: FactMap = {}): Identity => ({
  id: "i",
  sourceId: "s",
  ref: "db/root",
  nativeId: "1",
  kind: "database_user",
  name: "root",
  provider: "postgres",
  account: null,
  facts,
  attributes: {},
  firstSeenAt: "2026-01-01T00:00:00Z",
  missingSince: null,
  goneAt: null,
});
const parts = (more: Partial<RecordParts> = {}): RecordParts => ({
  identity: identity(),
  credentials: [],
  usage: [],
  ownerClaims: [],
  humans: humanDirectory([]),
  attested: undefined,
  derived: {},
  ...more,
});
const claim = (more: Partial<OwnerClaim>): OwnerClaim => ({
  identityId: "i",
  ownerKind: "person",
  personRef: null,
  label: "ana@example.org",
  signal: "tag:owner",
  weight: 0.6,
  observedAt: "2026-01-01T00:00:00Z",
  ...more,
});

describe("assembleRecord", () => {
  it("keeps a power that only the source knows of", () => {
    const stated = identity({ "access.admin": known(true), "access.permissionCount": known(4) });
    const derived: Pick<NhiRecord, "access"> = { access: { admin: false, wildcard: false, escalationPaths: 2 } };
    expect(assembleRecord(parts({ identity: stated, derived })).record.access).toEqual({
      admin: true,
      wildcard: false,
      escalationPaths: 2,
      permissionCount: 4,
    });
  });

  it("leaves access unknown where neither can say", () => {
    expect(assembleRecord(parts()).record.access).toEqual({});
  });

  it("takes a person named by a tag as the owner, and nobody named as an answer", () => {
    expect(assembleRecord(parts({ ownerClaims: [claim({})] })).record.owner).toEqual({ kind: "person", personId: "ana@example.org" });
    expect(assembleRecord(parts()).record.owner).toEqual({ kind: "none" });
  });

  it("does not take a team for a person", () => {
    expect(assembleRecord(parts({ ownerClaims: [claim({ ownerKind: "team", label: "payments" })] })).record.owner).toEqual({
      kind: "team",
    });
  });

  it("lets what a person stated win, and gives the reason of what nobody knows", () => {
    const facts: FactMap = { environment: known("dev"), purpose: { unknown: "not_offered" } };
    const { record, unknowns } = assembleRecord(parts({ identity: identity(facts), attested: { environment: known("prod") } }));
    expect(record.environment).toBe("prod");
    expect(unknowns).toEqual({ purpose: "not_offered" });
  });
});
