import type { Grant, Resource } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { awsGrant, awsInventory, aResource } from "../testing/index.ts";
import type { GraphInput } from "../types.ts";
import { can } from "./authorize/can.ts";

const account = "111122223333";
const iam = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
const target = iam("role/target");
const statement = (Effect: string, Action: string, Resource = "*", rest = {}): object => ({ Effect, Action, Resource, ...rest });
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });

const limits = {
  none: null,
  everything: document(statement("Allow", "*")),
  silent: document(statement("Allow", "s3:*")),
  denies: document(statement("Allow", "*"), statement("Deny", "sts:*")),
  deniesAnother: document(statement("Allow", "*"), statement("Deny", "sts:*", iam("role/another"))),
  open: document(statement("Allow", "*", "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })),
} as const;
type Limit = keyof typeof limits;
const own = {
  nothing: [],
  assumes: [statement("Allow", "sts:AssumeRole")],
  denies: [statement("Deny", "sts:AssumeRole", target)],
} as const;
type Own = keyof typeof own;

interface Case {
  readonly as: "user" | "role";
  readonly names: "itself" | "its account" | "everyone";
  readonly identity: Own;
  readonly boundary: Limit;
  readonly scp: Limit;
}

function accountOf({ as, names, identity, boundary, scp }: Case, trust?: unknown): GraphInput {
  const caller = iam(`${as}/caller`);
  const trusted = { itself: caller, "its account": account, everyone: "*" }[names];
  const statements = own[identity];
  const policies = statements.length === 0 ? [] : [{ PolicyName: "own", PolicyDocument: document(...statements) }];
  const edge = iam("policy/edge");
  const limited = boundary === "none" ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: edge } };
  const input = awsInventory(
    {
      UserDetailList: as === "user" ? [{ Arn: caller, UserPolicyList: policies, ...limited }] : [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          Arn: target,
          AssumeRolePolicyDocument: trust ?? {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { AWS: trusted }, Action: "sts:AssumeRole" }],
          },
        },
        ...(as === "role" ? [{ Arn: caller, AssumeRolePolicyDocument: document(), RolePolicyList: policies, ...limited }] : []),
      ],
      Policies: [],
    },
    boundary === "none" ? {} : { [edge]: limits[boundary] },
  );
  if (scp === "none") return input;
  const resources: Resource[] = [
    aResource(`aws:account:${account}`, { kind: "account", provider: "aws", account }),
    aResource("p-limit", { kind: "policy", provider: "aws", attributes: { document: limits[scp] } }),
  ];
  const grants: Grant[] = [awsGrant("scp", `aws:account:${account}`, "p-limit", { level: 0 })];
  return { ...input, resources: [...input.resources, ...resources], grants: [...input.grants, ...grants] };
}

function assumes(input: GraphInput, as: string): "allowed" | "conditional" | "no" {
  const graph = buildGraph(input);
  const node = (arn: string): number => graph.indexByKey.get(`identity:${arn}`)!;
  const [from, to] = [node(iam(`${as}/caller`)), node(target)];
  const arrives = (bound: "min" | "max"): boolean => {
    const seen = new Set([from]);
    for (const at of seen) {
      for (const edge of graph.edges) {
        const isUsable = edge.from === at && (edge.kind === "CAN_ASSUME" || edge.kind === "MEMBER_OF" || edge.kind === "CONTAINS");
        if (isUsable && (bound === "max" || !edge.conditional)) seen.add(edge.to);
      }
    }
    return seen.has(to);
  };
  return arrives("min") ? "allowed" : arrives("max") ? "conditional" : "no";
}

const cases: Case[] = (["user", "role"] as const).flatMap((as) =>
  (["itself", "its account", "everyone"] as const).flatMap((names) =>
    (Object.keys(own) as Own[]).flatMap((identity) =>
      (Object.keys(limits) as Limit[]).flatMap((boundary) =>
        (Object.keys(limits) as Limit[]).map((scp) => ({ as, names, identity, boundary, scp })),
      ),
    ),
  ),
);

describe("who may become a role of its own account", () => {
  it.each(["user", "role"] as const)("is a %s that a single request would let in, under any boundary and organisation policy", (as) => {
    const decisions = new Set<string>();
    for (const each of cases.filter((one) => one.as === as)) {
      const input = accountOf(each);
      const { decision } = can(input, { principal: iam(`${as}/caller`), action: "sts:AssumeRole", resource: target });
      const expected = decision === "allowed" || decision === "conditional" ? decision : "no";
      expect(assumes(input, as), JSON.stringify(each)).toBe(expected);
      decisions.add(expected);
    }
    expect([...decisions].sort()).toEqual(["allowed", "conditional", "no"]);
  });
});

describe("a trust policy that is not known", () => {
  const unread = { as: "user", names: "itself", identity: "assumes", boundary: "none", scp: "none" } as const;
  const missing = (input: GraphInput): GraphInput => ({
    ...input,
    grants: input.grants.map((grant) => (grant.grantKind === "trust" ? { ...grant, attributes: { documentMissing: true } } : grant)),
  });
  const question = { principal: iam("user/caller"), action: "sts:AssumeRole", resource: target };

  it("is a gap on its role, so that numbers are lower bounds", () => {
    const graph = buildGraph(missing(accountOf(unread)));
    expect(graph.gaps).toEqual([{ ref: target, what: "policy_document_missing", detail: "its trust policy is not known" }]);
    expect(blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${target}`)!).atLeast).toBe(true);
    expect(buildGraph(accountOf(unread)).gaps).toEqual([]);
  });
  it("leaves the question open whether it lets somebody in", () => {
    expect(can(missing(accountOf(unread)), question)).toMatchObject({ decision: "conditional", reason: expect.stringContaining(target) });
    expect(can(missing(accountOf(unread)), { ...question, context: {} }).decision).toBe("unknown");
    expect(can(missing(accountOf({ ...unread, identity: "denies" })), question).decision).toBe("explicitly_denied");
  });
  it("is known in part when one of its statements cannot be read", () => {
    const partly = accountOf(unread, {
      Version: "2012-10-17",
      Statement: [{ Effect: "Permit", Principal: "*", Action: "sts:AssumeRole" }],
    });
    expect(buildGraph(partly).gaps).toMatchObject([{ ref: target, what: "policy_invalid" }]);
    expect(can(partly, { ...question, context: {} }).decision).toBe("unknown");
  });
});

describe("a resource policy that is not known", () => {
  const bucket = "arn:aws:s3:::data";
  const reads = { principal: iam("user/caller"), action: "s3:GetObject", resource: `${bucket}/x`, context: {} };
  const withBucket = (attributes: Readonly<Record<string, unknown>>, Action = "s3:GetObject", owner = account): GraphInput => {
    const input = awsInventory({
      UserDetailList: [
        { Arn: iam("user/caller"), UserPolicyList: [{ PolicyName: "own", PolicyDocument: document(statement("Allow", Action)) }] },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    });
    return {
      ...input,
      resources: [...input.resources, aResource(bucket, { kind: "data_store", provider: "aws", account: owner })],
      grants: [...input.grants, awsGrant("resource_policy", bucket, bucket, attributes)],
    };
  };
  const silent = { document: document() };

  it("leaves open what it could grant or deny", () => {
    expect(can(withBucket(silent), reads).decision).toBe("allowed");
    expect(can(withBucket({ documentMissing: true }), reads)).toMatchObject({
      decision: "unknown",
      reason: expect.stringContaining(bucket),
    });
    expect(can(withBucket(silent, "s3:PutObject"), reads).decision).toBe("implicitly_denied");
    expect(can(withBucket({ documentMissing: true }, "s3:PutObject"), reads).decision).toBe("unknown");
  });
  it("does not matter where the other side says no", () => {
    expect(can(withBucket({ documentMissing: true }, "s3:PutObject", "444455556666"), reads).decision).toBe("implicitly_denied");
    expect(can(withBucket({ documentMissing: true }, "s3:GetObject", "444455556666"), reads).decision).toBe("unknown");
  });
  it("is a gap on the resource", () => {
    expect(buildGraph(withBucket({ documentMissing: true })).gaps).toEqual([
      { ref: bucket, what: "policy_document_missing", detail: "its policy is not known" },
    ]);
  });
});
