import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { reachOf } from "../reach/reach-of.ts";
import { shortestPath } from "../reach/shortest-path.ts";
import { awsInventory } from "../testing/aws-account.ts";
import type { AuthorizationDetails } from "../testing/aws-account.ts";
import type { AccessGraph } from "../types.ts";

const folder = resolve(import.meta.dirname, "../../../../../shared/data/aws-privesc-labs");
const present = existsSync(folder);
const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const truth: { scenario: string; principals: string[]; target: string; scoreable: string; pathfinding_id: string | null }[] = present
  ? JSON.parse(readFileSync(join(folder, "truth.json"), "utf8"))
  : [];

/** Found, but only as conditional: they need something that an IAM export cannot show (a machine running as the role, a password). */
const conditionalOnly = new Set(["codebuild-002", "ec2-005", "glue-002", "ecs-007", "ecs-009", "iam-006"]);

const bucketsOf = (graph: AccessGraph, node: number): number[] =>
  reachOf(graph, node).assets.flatMap((asset) => (graph.nodes[asset.node]!.key.startsWith("resource:arn:aws:s3:::") ? [asset.node] : []));

describe.skipIf(!present)("escalation scenarios of ../shared/data/aws-privesc-labs", () => {
  const files = present ? readdirSync(folder).filter((name) => name.endsWith(".gaad.json")) : [];
  for (const scenario of truth.filter((each) => each.scoreable !== "no")) {
    it(scenario.scenario, () => {
      const file = files.find((name) => name === `${scenario.scenario.replaceAll("/", "__")}.gaad.json`)!;
      const details = JSON.parse(readFileSync(join(folder, file), "utf8")) as AuthorizationDetails;
      const graph = buildGraph(awsInventory(details, { "arn:aws:iam::aws:policy/AdministratorAccess": everything }));
      const nodeOf = (arn: string): number | undefined => graph.indexByKey.get(`identity:${arn}`);
      const start = nodeOf(scenario.principals[0]!)!;
      const last = scenario.principals.flatMap((arn) => nodeOf(arn) ?? []).at(-1)!;
      const path = shortestPath(graph, start, last);
      expect(path, "no path to the last principal").not.toBeNull();
      const radius = blastRadiusOfAll(graph).at(start);
      const certain = path!.every((hop) => !hop.edge.conditional);
      expect(certain).toBe(!conditionalOnly.has(scenario.pathfinding_id ?? ""));
      if (scenario.target === "to-admin") expect(certain ? radius.tierZeroMin : radius.tierZeroMax).toBe(true);
      else {
        const buckets = bucketsOf(graph, last);
        expect(buckets, "the last principal reaches no bucket").not.toEqual([]);
        expect(bucketsOf(graph, start)).toEqual(expect.arrayContaining(buckets));
        for (const bucket of buckets) expect(shortestPath(graph, start, bucket)!.every((hop) => !hop.edge.conditional)).toBe(certain);
      }
    });
  }
});
