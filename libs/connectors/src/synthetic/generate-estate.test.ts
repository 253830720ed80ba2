import { observation } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { DEMO, generateDemo, generateEstate } from "./generate-estate.ts";

const asOf = "2026-11-20T06:00:00.000Z";
const demo = () => generateEstate({ identities: DEMO.identities, seed: DEMO.seed, asOf });
const statements = (estate: ReturnType<typeof generateEstate>) => [...estate.imports].flatMap((source) => [...source.observations]);

describe("generateEstate", () => {
  it("states exactly the number of identities asked for, each once", () => {
    for (const identities of [300, 777, 1500, 5000]) {
      const refs = statements(generateEstate({ identities, seed: 7, asOf }))
        .filter(({ observation: o }) => o.kind === "identity")
        .map(({ observation: o }) => o.ref);
      expect(refs.length).toBe(identities);
      expect(new Set(refs).size).toBe(identities);
    }
  });

  it("gives the same bytes for the same options, and others for another seed", () => {
    const text = (seed: number) => JSON.stringify(statements(generateEstate({ identities: 400, seed, asOf })));
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  it("says only what the model allows, and within the scopes it reports", () => {
    const problems: string[] = [];
    for (const source of demo().imports) {
      const scopes = new Set(source.reports.map(({ scope }) => JSON.stringify(scope)));
      for (const { scope, observation: o } of source.observations) {
        const parsed = observation.safeParse(o);
        if (!parsed.success)
          problems.push(`${o.kind} ${o.ref}: ${parsed.error.issues[0]?.path.join(".") ?? ""} ${parsed.error.issues[0]?.message ?? ""}`);
        if (!scopes.has(JSON.stringify(scope))) problems.push(`${o.ref}: scope is not reported`);
      }
    }
    expect(problems).toEqual([]);
  });

  it("states nothing twice in one scope", () => {
    const twice: string[] = [];
    for (const source of generateEstate({ identities: 20_000, seed: 7, asOf }).imports) {
      const seen = new Set<string>();
      for (const { observation: o } of source.observations) {
        if (seen.has(`${o.kind} ${o.ref}`)) twice.push(`${source.account} ${o.kind} ${o.ref}`);
        seen.add(`${o.kind} ${o.ref}`);
      }
    }
    expect(twice).toEqual([]);
  });

  it("never tells of a time after the day it is looked at", () => {
    const [first] = generateDemo(asOf);
    const late = statements(first!).flatMap(({ observation: o }) => {
      const facts =
        "facts" in o
          ? Object.entries(o.facts).filter(
              ([path, value]) => path.endsWith("At") && path !== "expiresAt" && typeof value === "string" && value > first!.at,
            )
          : [];
      return facts.map(([path]) => `${o.ref} ${path}`);
    });
    expect(late).toEqual([]);
  });

  it("points its grants at things that exist", () => {
    const all = statements(demo());
    const refs = new Set(
      all.filter(({ observation: o }) => ["identity", "resource", "credential"].includes(o.kind)).map(({ observation: o }) => o.ref),
    );
    const dangling = all.flatMap(({ observation: o }) => (o.kind === "grant" ? [o.from, o.to].filter((ref) => !refs.has(ref)) : []));
    expect(dangling).toEqual([]);
  });

  it("changes over the 90 days of the demo: identities come and go, and keys are rotated", () => {
    const views = generateDemo(asOf).map(
      (view) => new Map(statements(view).map(({ observation: o }) => [`${o.kind} ${o.ref}`, JSON.stringify(o)])),
    );
    const [first, last] = [views[0]!, views.at(-1)!];
    const identities = (view: Map<string, string>) => [...view.keys()].filter((key) => key.startsWith("identity "));
    expect(identities(last).filter((key) => !first.has(key)).length).toBeGreaterThan(50);
    expect(identities(first).filter((key) => !last.has(key)).length).toBeGreaterThan(20);
    const rotated = [...first].filter(
      ([key, text]) =>
        key.startsWith("credential ") &&
        last.has(key) &&
        (JSON.parse(text).facts.lastRotatedAt as string) < (JSON.parse(last.get(key)!).facts.lastRotatedAt as string),
    );
    expect(rotated.length).toBeGreaterThan(100);
  });

  it("plants problems of known answer on identities that exist", () => {
    const estate = demo();
    const refs = new Set(
      statements(estate)
        .filter(({ observation: o }) => o.kind === "identity")
        .map(({ observation: o }) => o.ref),
    );
    const open = estate.planted.filter((problem) => problem.fixedDaysAgo === null);
    expect(open.length).toBeGreaterThanOrEqual(25);
    expect(new Set(estate.planted.map((problem) => problem.id)).size).toBe(estate.planted.length);
    expect(estate.planted.filter((problem) => !refs.has(problem.identityRef))).toEqual([]);
  });
});
