import { DEMO, generateDemo, generateEstate } from "@rollcall/connectors";
import { analyseSnapshot, snapshotOfImports } from "@rollcall/posture-pipeline";
import type { AnalysisResult } from "@rollcall/posture-pipeline";
import { beforeAll, describe, expect, it } from "vitest";

const asOf = "2026-11-20T06:00:00.000Z";
const rulesByRef = (result: AnalysisResult): ReadonlyMap<string, ReadonlySet<string>> => {
  const rules = new Map<string, Set<string>>();
  for (const finding of result.findings) {
    // Ids of snapshotOfImports are identity:<source>:<ref>.
    const ref = finding.subjectId;
    rules.set(ref, (rules.get(ref) ?? new Set()).add(finding.ruleId));
  }
  return rules;
};

describe("planted problems of the demo organisation", () => {
  const estate = generateEstate({ identities: DEMO.identities, seed: DEMO.seed, asOf });
  let found: ReadonlyMap<string, ReadonlySet<string>>;
  let result: AnalysisResult;

  beforeAll(async () => {
    result = await analyseSnapshot(snapshotOfImports(estate.imports), { now: asOf });
    found = rulesByRef(result);
  }, 60_000);

  it("are all found, on the identity they were planted on", () => {
    const missed = estate.planted
      .filter((problem) => problem.fixedDaysAgo === null)
      .flatMap((problem) => {
        const rules = found.get(`identity:${problem.connector}/${problem.account}:${problem.identityRef}`) ?? new Set();
        const missing = problem.ruleIds.filter((ruleId) => !rules.has(ruleId));
        return missing.length === 0 ? [] : [`${problem.id}: ${missing.join(", ")} (found ${[...rules].sort().join(", ")})`];
      });
    expect(missed).toEqual([]);
  });

  it("reach what they were planted to reach", () => {
    const reaching = new Set(result.identities.filter(({ blast }) => blast.tierZeroMin).map(({ identityId }) => identityId));
    const missed = estate.planted.filter(
      (problem) => problem.reachesTierZero && !reaching.has(`identity:${problem.connector}/${problem.account}:${problem.identityRef}`),
    );
    expect(missed.map(({ id }) => id)).toEqual([]);
    expect(estate.planted.filter((problem) => problem.reachesTierZero).length).toBeGreaterThan(5);
    expect(reaching.size / result.identities.length).toBeLessThan(0.1);
  });

  it("are not reported any more once they were fixed, and were reported before", async () => {
    const fixed = estate.planted.filter((problem) => problem.fixedDaysAgo !== null);
    expect(fixed.length).toBeGreaterThanOrEqual(3);
    const still = fixed.filter((problem) =>
      problem.ruleIds.some((ruleId) => found.get(`identity:${problem.connector}/${problem.account}:${problem.identityRef}`)?.has(ruleId)),
    );
    expect(still.map(({ id }) => id)).toEqual([]);
    const earlier = generateDemo(asOf)[1]!;
    const before = rulesByRef(await analyseSnapshot(snapshotOfImports(earlier.imports), { now: earlier.at }));
    const unseen = fixed
      .filter((problem) => problem.sinceDaysAgo > 60 && problem.fixedDaysAgo! < 60)
      .filter(
        (problem) =>
          !problem.ruleIds.every((ruleId) =>
            before.get(`identity:${problem.connector}/${problem.account}:${problem.identityRef}`)?.has(ruleId),
          ),
      );
    expect(unseen.map(({ id }) => id)).toEqual([]);
  }, 60_000);

  it("stand out of an estate that is believable: neither all red nor all green", () => {
    const bands = new Map<string, number>();
    for (const { band } of result.identities) bands.set(band, (bands.get(band) ?? 0) + 1);
    const share = (band: string): number => (bands.get(band) ?? 0) / result.identities.length;
    expect(share("critical")).toBeLessThan(0.08);
    expect(share("low") + share("medium")).toBeGreaterThan(0.6);
    const unowned = result.posture.tallies.find(({ ruleId }) => ruleId === "OWN-001")!;
    expect(unowned.fail / (unowned.fail + unowned.pass)).toBeGreaterThan(0.2);
    expect(unowned.fail / (unowned.fail + unowned.pass)).toBeLessThan(0.5);
  });
});
