import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aResource, awsGrant, awsInventory } from "../testing/index.ts";
import type { GraphInput } from "../types.ts";
import { can } from "./authorize/can.ts";

const [home, abroad] = ["111122223333", "444455556666"];
const arn = (account: string, name: string): string => `arn:aws:iam::${account}:user/${name}`;
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const allow = (Principal: unknown, Action: string, rest: object = {}): object => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: "*",
  ...rest,
});
const deny = (Principal: unknown, Action: string): object => ({ ...allow(Principal, Action), Effect: "Deny" });
const mfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

interface Kind {
  readonly resource: string;
  readonly request: string;
  readonly action: string;
  readonly kind: "data_store" | "encryption_key" | "queue" | "function" | "secret";
}
const region = `eu-west-1:${home}`;
const kinds: Readonly<Record<string, Kind>> = {
  bucket: { resource: "arn:aws:s3:::data", request: "arn:aws:s3:::data/any", action: "s3:GetObject", kind: "data_store" },
  key: { resource: `arn:aws:kms:${region}:key/k`, request: `arn:aws:kms:${region}:key/k`, action: "kms:Decrypt", kind: "encryption_key" },
  queue: { resource: `arn:aws:sqs:${region}:q`, request: `arn:aws:sqs:${region}:q`, action: "sqs:ReceiveMessage", kind: "queue" },
  secret: {
    resource: `arn:aws:secretsmanager:${region}:secret:s`,
    request: `arn:aws:secretsmanager:${region}:secret:s`,
    action: "secretsmanager:GetSecretValue",
    kind: "secret",
  },
};

function world({ resource, kind, action }: Kind, policy: object | null): GraphInput {
  const inline = [{ PolicyName: "own", PolicyDocument: document({ Effect: "Allow", Action: action, Resource: "*" }) }];
  const input = awsInventory({
    UserDetailList: [home, abroad].flatMap((account) => [
      { Arn: arn(account, "idle") },
      { Arn: arn(account, "reader"), UserPolicyList: inline },
    ]),
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
  return {
    ...input,
    resources: [...input.resources, aResource(resource, { kind, provider: "aws", account: home, sensitivity: 50 })],
    grants: policy === null ? input.grants : [...input.grants, awsGrant("resource_policy", resource, resource, { document: policy })],
  };
}

const policies = (action: string): Readonly<Record<string, object>> => ({
  "says nothing": document(),
  "names a user of its account": document(allow({ AWS: arn(home, "idle") }, action)),
  "leaves it to its account": document(allow({ AWS: `arn:aws:iam::${home}:root` }, action)),
  "names a user of another account": document(allow({ AWS: arn(abroad, "reader") }, action)),
  "names a user abroad without permission": document(allow({ AWS: arn(abroad, "idle") }, action)),
  "names another account": document(allow({ AWS: abroad }, action)),
  "names everyone": document(allow("*", action)),
  "names everyone under a condition": document(allow("*", action, mfa)),
  "denies everyone": document(deny("*", action)),
  "denies a user": document(allow({ AWS: `arn:aws:iam::${home}:root` }, action), deny({ AWS: arn(home, "reader") }, action)),
});

function edgeOf(input: GraphInput, from: string, { resource }: Kind): "allowed" | "conditional" | "no" {
  const graph = buildGraph(input);
  const [source, target] = [graph.indexByKey.get(from), graph.indexByKey.get(`resource:${resource}`)];
  const hubs = graph.edges.filter((edge) => edge.from === source && edge.kind === "HAS_ROLE").map((edge) => edge.to);
  const edges = graph.edges.filter(
    (edge) => edge.to === target && (edge.from === source || hubs.includes(edge.from)) && source !== undefined,
  );
  return edges.some((edge) => !edge.conditional) ? "allowed" : edges.length > 0 ? "conditional" : "no";
}

describe.each(Object.keys(kinds))("the policy of a %s", (name) => {
  const kind = kinds[name]!;
  it.each(Object.keys(policies(kind.action)))("that %s gives the edges that single requests would be allowed", (which) => {
    const input = world(kind, policies(kind.action)[which]!);
    for (const principal of [arn(home, "idle"), arn(home, "reader"), arn(abroad, "idle"), arn(abroad, "reader")]) {
      const { decision } = can(input, { principal, action: kind.action, resource: kind.request });
      const expected = decision === "allowed" || decision === "conditional" ? decision : "no";
      expect(edgeOf(input, `identity:${principal}`, kind), principal).toBe(expected);
    }
  });
});

describe("outsiders", () => {
  const bucket = kinds["bucket"]!;
  const outside = (statement: object, key: string): string => edgeOf(world(bucket, document(statement)), key, bucket);
  it("are everyone, unless a condition keeps the policy to somebody", () => {
    expect(outside(allow("*", bucket.action), "external:aws:everyone")).toBe("allowed");
    const inside = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
    expect(outside(allow("*", bucket.action, inside), "external:aws:everyone")).toBe("no");
  });
  it("are accounts and principals that are not in the inventory", () => {
    expect(outside(allow({ AWS: "999999999999" }, bucket.action), "external:aws:account:999999999999")).toBe("allowed");
    const stranger = "arn:aws:iam::999999999999:role/partner";
    expect(outside(allow({ AWS: stranger }, bucket.action), `external:${stranger}`)).toBe("allowed");
    expect(outside(allow({ AWS: abroad }, bucket.action), `external:aws:account:${abroad}`)).toBe("no");
  });
});
