import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { analyseHere } from "./testing.ts";

const folder = resolve(import.meta.dirname, "../../../shared/data/aws-privesc-labs");
interface Scenario {
  readonly scenario: string;
  readonly target: string;
  readonly pathfinding_id: string | null;
  readonly principals: readonly string[];
  readonly scoreable: string;
}
const truth: readonly Scenario[] = existsSync(folder) ? JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")) : [];

describe.skipIf(truth.length === 0)("published escalation scenarios (needs ../shared/data/aws-privesc-labs)", () => {
  test.each(truth.filter(({ scoreable }) => scoreable === "full"))(
    "$scenario",
    async ({ scenario, target, pathfinding_id, principals }) => {
      const { report } = await analyseHere(join(folder, `${scenario.replaceAll("/", "__")}.gaad.json`));
      const routes = target === "to-admin" ? report.escalationPaths : [...report.escalationPaths, ...report.takeOvers];
      const own = routes.filter(({ from }) => from === principals[0]);
      const found = own.filter(({ hops }) => hops.some((hop) => [...hop.techniques, ...hop.alsoKnownAs].includes(pathfinding_id ?? "")));
      expect(found.length, JSON.stringify(own.map(({ to, techniques }) => [to, techniques]))).toBeGreaterThan(0);
      for (const { hops } of found) for (const hop of hops) expect(hop.facts.length).toBeGreaterThan(0);
      const goals = new Set([...principals, "arn:aws:iam::111122223333:root"]);
      expect(found.some(({ to }) => goals.has(to))).toBe(true);
      if (target === "to-admin") for (const route of found) expect(route.reaches).toEqual(["arn:aws:iam::111122223333:root"]);
    },
  );

  test("a path over two principals is one route of the first", async () => {
    const { report } = await analyseHere(
      join(folder, "single-account__privesc-multi-hop__to-admin__sts-001-to-ecs-002-to-admin.gaad.json"),
    );
    const user = "arn:aws:iam::111122223333:user/pl-prod-sts001-ecs002-starting-user";
    const [route, ...others] = report.escalationPaths.filter(({ from }) => from === user);
    expect(others).toEqual([]);
    expect(route).toMatchObject({ to: "arn:aws:iam::111122223333:role/pl-prod-sts001-ecs002-admin-role", certain: true });
    expect(route?.hops.map(({ technique }) => technique)).toEqual(["sts-001", "ecs-002"]);
    // The administrator has nothing to gain: it is listed as one, not as a path.
    expect(report.escalationPaths.map(({ from }) => from)).not.toContain(route?.to);
    expect(report.administrators.map(({ ref }) => ref)).toEqual([route?.to]);
  });
});
