import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsInventory } from "../testing/index.ts";
import type { GraphInput } from "../types.ts";
import { EscalationRoutes } from "./escalation-routes.ts";
import type { EscalationRoute } from "./escalation-routes.ts";

const iam = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;
const hops = ["assume", "pass", "mint"] as const;
type Hop = (typeof hops)[number];
const techniques: Readonly<Record<Hop, string>> = { assume: "sts-001", pass: "lambda-001", mint: "iam-002" };
const actions: Readonly<Record<Hop, readonly string[]>> = {
  assume: ["sts:AssumeRole"],
  pass: ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  mint: ["iam:CreateAccessKey"],
};
const statement = (Effect: string, Action: unknown, Resource: unknown): object => ({ Effect, Action, Resource });
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });

/** Each principal may become the next one by its hop; the last is administrator. `stopped` has a deny, or a boundary without the permission. */
function chain(steps: readonly Hop[], stopped: { readonly at: number; readonly by: "deny" | "boundary" } | null): GraphInput {
  const names = ["user/p0", ...steps.map((hop, index) => `${hop === "mint" ? "user" : "role"}/p${index + 1}`)];
  const principals = names.map((name, index) => {
    const hop = steps[index];
    const own =
      hop === undefined
        ? [statement("Allow", "*", "*")]
        : actions[hop].map((action) => statement("Allow", action, /Role$|AccessKey$/.test(action) ? iam(names[index + 1]!) : "*"));
    const isStopped = stopped?.at === index && hop !== undefined;
    const denied = isStopped && stopped.by === "deny" ? [statement("Deny", actions[hop][0], "*")] : [];
    const list = [{ PolicyName: "own", PolicyDocument: document(...own, ...denied) }];
    const boundary = isStopped && stopped.by === "boundary" ? { PermissionsBoundary: { PermissionsBoundaryArn: iam("policy/edge") } } : {};
    return { Arn: iam(name), isUser: name.startsWith("user/"), list, boundary, by: steps[index - 1] };
  });
  const trust = (by: Hop | undefined): object =>
    document({
      Effect: "Allow",
      Principal: by === "pass" ? { Service: "lambda.amazonaws.com" } : { AWS: iam("root") },
      Action: "sts:AssumeRole",
    });
  return awsInventory(
    {
      UserDetailList: [
        ...principals.filter(({ isUser }) => isUser).map(({ Arn, list, boundary }) => ({ Arn, UserPolicyList: list, ...boundary })),
        {
          Arn: iam("user/safe"),
          UserPolicyList: [{ PolicyName: "own", PolicyDocument: document(statement("Allow", "s3:GetObject", "*")) }],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: principals
        .filter(({ isUser }) => !isUser)
        .map(({ Arn, list, boundary, by }) => ({ Arn, RolePolicyList: list, AssumeRolePolicyDocument: trust(by), ...boundary })),
      Policies: [],
    },
    { [iam("policy/edge")]: document(statement("Allow", "s3:*", "*")) },
  );
}

function routesFrom(input: GraphInput, name: string): readonly EscalationRoute[] {
  const graph = buildGraph(input);
  return new EscalationRoutes(graph, { perStart: 10 }).from(graph.indexByKey.get(`identity:${iam(name)}`)!).privileged;
}

const steps = fc.array(fc.constantFrom(...hops), { minLength: 2, maxLength: 4 });

describe("chains through generated accounts", () => {
  it("are found hop by hop, with what takes each, and nothing is found for who is safe", () => {
    fc.assert(
      fc.property(steps, (path) => {
        const [route] = routesFrom(chain(path, null), "user/p0");
        expect(route).toMatchObject({ certain: true, privileged: true });
        expect(route!.hops.map(({ ways }) => ways[0].technique)).toEqual(path.map((hop) => techniques[hop]));
        expect(routesFrom(chain(path, null), "user/safe")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
  it("end where a deny or a boundary stops one hop", () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.constantFrom("deny" as const, "boundary" as const), (path, place, by) => {
        expect(routesFrom(chain(path, { at: place % path.length, by }), "user/p0")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
  it("are the same to the byte in whatever order the inventory lists things", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (path, turn) => {
        const input = chain(path, null);
        const turned = <T>(list: readonly T[]): T[] => [...list.slice(turn % list.length), ...list.slice(0, turn % list.length)].reverse();
        const other = { ...input, identities: turned(input.identities), resources: turned(input.resources), grants: turned(input.grants) };
        expect(JSON.stringify(routesFrom(other, "user/p0"))).toBe(JSON.stringify(routesFrom(input, "user/p0")));
      }),
      { numRuns: 40 },
    );
  });
});
