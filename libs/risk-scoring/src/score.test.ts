import fc from "fast-check";
import type { NhiRecord } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { bandOf } from "./bands.ts";
import { score, terms } from "./score.ts";
import type { ScoreInput } from "./score.ts";
import { reachPoints } from "./terms/blast-radius.ts";
import { agePoints } from "./terms/rotation-age.ts";
import { weights } from "./weights.ts";

const now = "2026-11-21T00:00:00Z";
const daysAgo = (days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString();

/** Each scored field with its values from best to worst. */
const ladders: Readonly<Record<string, readonly unknown[]>> = {
  status: ["disabled", "active"],
  criticality: ["low", "medium", "high", "critical"],
  environment: ["sandbox", "staging", "shared", "prod"],
  "owner.kind": ["person", "team", "mailbox", "none"],
  "owner.status": ["active", "departed"],
  "usage.lastUsedAt": [daysAgo(1), daysAgo(90), daysAgo(120), daysAgo(700)],
  "usage.interactiveSessions": [0, 3],
  "workload.status": ["running", "retired"],
  "access.standingPrivilege": [false, true],
  "thirdParty.external": [false, true],
  "thirdParty.vendorStatus": ["active", "ended"],
  "thirdParty.vettedAt": [daysAgo(10), daysAgo(800)],
  "credentials.0.status": ["revoked", "inactive", "active"],
  "credentials.0.static": [false, true],
  "credentials.0.lastRotatedAt": [daysAgo(3), daysAgo(100), daysAgo(200), daysAgo(900)],
  "credentials.0.hasExpiry": [true, false],
  "credentials.0.lifetimeDays": [30, 900],
  "credentials.0.storage": ["vault", "config", "code"],
  "credentials.0.approvedStore": [true, false],
  "credentials.0.exposure.state": ["none", "suspected", "confirmed"],
  "credentials.0.exposure.audience": ["internal", "public"],
  "credentials.0.exposure.live": [false, true],
  "trust.0.subjectMatch": ["exact", "wildcard", "none"],
  "trust.0.audiencePinned": [true, false],
  "trust.0.external": [false, true],
  "trust.0.externalIdRequired": [true, false],
};
/** Further fields that move a score without having a better and a worse end. */
const others: Readonly<Record<string, readonly unknown[]>> = {
  "usage.observedDays": [10, 90],
  "usage.approvedInteractiveSessions": [0, 3],
  "credentials.0.kind": ["access_key", "client_secret", "x509"],
  "credentials.0.createdAt": [daysAgo(5), daysAgo(1000)],
  "trust.0.kind": ["oidc", "cross_account"],
};
const fields = { ...ladders, ...others };
const paths = Object.keys(fields);

type Known = Readonly<Record<string, unknown>>;
const known = fc.record(
  Object.fromEntries(paths.map((path) => [path, fc.option(fc.constantFrom(...(fields[path] as unknown[])), { nil: undefined })])),
) as fc.Arbitrary<Known>;

function recordOf(values: Known): NhiRecord {
  const record: Record<string, unknown> = { credentials: [{}], trust: [{}] };
  for (const [path, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const keys = path.split(".");
    const last = keys.pop() as string;
    const parent = keys.reduce<Record<string, unknown>>((at, key) => (at[key] ??= {}) as Record<string, unknown>, record);
    parent[last] = value;
  }
  return record as NhiRecord;
}

const reach = fc.option(
  fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), fc.boolean(), fc.boolean()).map(([a, b, min, more]) => ({
    pctMin: Math.min(a, b) / 10,
    pctMax: Math.max(a, b) / 10,
    tierZeroMin: min,
    tierZeroMax: min || more,
  })),
);
const scored = (record: NhiRecord, input: Partial<ScoreInput> = {}) => score({ record, reach: null, now, ...input });

describe("score", () => {
  it("adds up to 100 at most", () => {
    expect(terms.reduce((sum, term) => sum + term.cap, 0)).toBe(100);
    expect(scored({})).toMatchObject({ min: 0, max: 100, band: "critical", bandMin: "low" });
  });

  it("is the sum of its terms, each an integer interval inside its cap", () => {
    fc.assert(
      fc.property(known, reach, (values, at) => {
        const result = scored(recordOf(values), { reach: at });
        expect(result.terms.reduce((sum, term) => sum + term.min, 0)).toBe(result.min);
        expect(result.terms.reduce((sum, term) => sum + term.max, 0)).toBe(result.max);
        for (const term of result.terms) {
          expect(Number.isInteger(term.min) && Number.isInteger(term.max)).toBe(true);
          expect(0 <= term.min && term.min <= term.max && term.max <= term.cap).toBe(true);
          expect(term.why).not.toBe("");
        }
        expect([result.band, result.bandMin]).toEqual([bandOf(result.max), bandOf(result.min)]);
      }),
      { numRuns: 1000 },
    );
  });

  it("never falls when one fact gets worse", () => {
    const step = fc.constantFrom(...Object.keys(ladders)).chain((path) => {
      const last = (ladders[path] as unknown[]).length - 1;
      return fc.tuple(fc.constant(path), fc.integer({ min: 0, max: last - 1 }), fc.integer({ min: 1, max: last }));
    });
    fc.assert(
      fc.property(known, reach, step, (values, at, [path, from, by]) => {
        const ladder = ladders[path] as readonly unknown[];
        const better = scored(recordOf({ ...values, [path]: ladder[from] }), { reach: at });
        const worse = scored(recordOf({ ...values, [path]: ladder[Math.min(from + by, ladder.length - 1)] }), { reach: at });
        expect(worse.min).toBeGreaterThanOrEqual(better.min);
        expect(worse.max).toBeGreaterThanOrEqual(better.max);
      }),
      { numRuns: 5000 },
    );
  });

  it("never widens, and stays inside what was possible, when an unknown fact becomes known", () => {
    fc.assert(
      fc.property(known, reach, fc.constantFrom(...paths), fc.nat(3), (values, at, path, pick) => {
        const domain = fields[path] as readonly unknown[];
        const before = scored(recordOf({ ...values, [path]: undefined }), { reach: at });
        const after = scored(recordOf({ ...values, [path]: domain[pick % domain.length] }), { reach: at });
        expect(after.max - after.min).toBeLessThanOrEqual(before.max - before.min);
        // A creation time can correct a rotation time that lies before it, so only this one may leave the old interval.
        if (path === "credentials.0.createdAt") return;
        expect(after.min).toBeGreaterThanOrEqual(before.min);
        expect(after.max).toBeLessThanOrEqual(before.max);
      }),
      { numRuns: 5000 },
    );
  });

  it("does not depend on the order of lists and gives the same bytes twice", () => {
    fc.assert(
      fc.property(known, known, reach, (first, second, at) => {
        const [a, b] = [recordOf(first), recordOf(second)];
        const record = {
          ...a,
          credentials: [...(a.credentials ?? []), ...(b.credentials ?? [])],
          trust: [...(a.trust ?? []), ...(b.trust ?? [])],
        };
        const turned = { ...record, credentials: [...record.credentials].reverse(), trust: [...record.trust].reverse() };
        const result = scored(record, { reach: at });
        const again = scored(turned, { reach: at });
        expect(again.terms.map(({ min, max }) => [min, max])).toEqual(result.terms.map(({ min, max }) => [min, max]));
        expect(again.actions).toEqual(result.actions);
        expect(JSON.stringify(scored(record, { reach: at }))).toBe(JSON.stringify(result));
      }),
      { numRuns: 500 },
    );
  });

  it("offers only actions that lower it, strongest first, and says to where", () => {
    fc.assert(
      fc.property(known, reach, (values, at) => {
        const result = scored(recordOf(values), { reach: at });
        for (const action of result.actions) expect(action.min + action.max).toBeLessThan(result.min + result.max);
        expect(result.actions.map(({ max }) => max)).toEqual(result.actions.map(({ max }) => max).sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it("shows what rotating takes off an old key", () => {
    const record: NhiRecord = {
      status: "active",
      criticality: "high",
      environment: "prod",
      owner: { kind: "none" },
      credentials: [
        {
          kind: "access_key",
          status: "active",
          static: true,
          createdAt: daysAgo(800),
          lastRotatedAt: daysAgo(800),
          hasExpiry: false,
          approvedStore: true,
          storage: "vault",
          exposure: { state: "none" },
        },
      ],
      usage: { lastUsedAt: daysAgo(2), observedDays: 90, interactiveSessions: 0 },
      workload: { status: "running" },
      access: { standingPrivilege: true },
      thirdParty: { external: false },
      trust: [],
    };
    const result = scored(record, { reach: { pctMin: 12, pctMax: 12, tierZeroMin: false, tierZeroMax: false } });
    expect([result.min, result.max]).toEqual([57, 57]);
    expect(result.actions.find((action) => action.playbook === "rotate")).toMatchObject({ min: 42, max: 42 });
    expect(result.actions.find((action) => action.playbook === "assign_owner")).toMatchObject({ min: 53, max: 53 });
    expect(result.actions[0]).toMatchObject({ playbook: "retire", min: 0, max: 0 });
    expect(result.terms.find((term) => term.id === "environment")).toMatchObject({ why: "Belongs to production" });
    expect(result.terms.find((term) => term.id === "rotation_age")).toMatchObject({ min: 15, lower: { playbook: "rotate", newMax: 0 } });
  });

  it("uses the graph's what-if for playbooks that change grants", () => {
    const wide = { pctMin: 60, pctMax: 60, tierZeroMin: true, tierZeroMax: true };
    const small = { pctMin: 1, pctMax: 1, tierZeroMin: false, tierZeroMax: false };
    const result = scored({}, { reach: wide, reachAfter: { narrow: small } });
    expect(result.actions).toContainEqual(expect.objectContaining({ playbook: "narrow", max: result.max - 40 + reachPoints(1, false) }));
  });
});

describe("point tables", () => {
  it("rises with reach and never passes its cap", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.boolean(),
        (a, b, zero) => {
          expect(reachPoints(Math.max(a, b), zero)).toBeGreaterThanOrEqual(reachPoints(Math.min(a, b), zero));
          expect(reachPoints(a, true)).toBeGreaterThanOrEqual(reachPoints(a, false));
          expect(reachPoints(a, zero)).toBeLessThanOrEqual(weights.caps.blastRadius);
        },
      ),
    );
    expect([0, 0.1, 2, 10, 25, 50, 100].map((pct) => reachPoints(pct, false))).toEqual([0, 3, 12, 24, 34, 40, 40]);
  });

  it("counts age from the policy window to four times the window", () => {
    expect([0, 90, 225, 360, 4000].map((age) => agePoints(age, 90))).toEqual([0, 0, 8, 15, 15]);
  });

  it("has one band per score", () => {
    expect([0, 34, 35, 59, 60, 79, 80, 100].map(bandOf)).toEqual([
      "low",
      "low",
      "medium",
      "medium",
      "high",
      "high",
      "critical",
      "critical",
    ]);
  });
});
