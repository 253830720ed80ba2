import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { aResource } from "../testing/inventory-builders.ts";

const account = "111122223333";
const ann = `arn:aws:iam::${account}:user/ann`;
const bucket = "arn:aws:s3:::data";
const document = (...Statement: readonly object[]): object => ({ Version: "2012-10-17", Statement });
const read = (Resource: string, rest: object = {}): object => ({ Effect: "Allow", Action: "s3:GetObject", Resource, ...rest });

interface Case {
  readonly own?: readonly object[];
  readonly boundary?: object;
  readonly policy: readonly object[];
}

function edges({ own = [], boundary, policy }: Case): string[] {
  const limit = `arn:aws:iam::${account}:policy/limit`;
  const made = awsInventory(
    {
      UserDetailList: [
        {
          Arn: ann,
          UserPolicyList: own.length === 0 ? [] : [{ PolicyName: "own", PolicyDocument: document(...own) }],
          ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: limit } }),
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    },
    { [limit]: document(boundary ?? {}) },
  );
  const data = aResource(bucket, { kind: "data_store", provider: "aws", account, attributes: { resourcePolicy: document(...policy) } });
  const graph = buildGraph({ ...made, resources: [...made.resources, data] });
  const [from, to] = [graph.indexByKey.get(`identity:${ann}`)!, graph.indexByKey.get(`resource:${bucket}`)!];
  return graph.edges.filter((edge) => edge.from === from && edge.to === to).map(({ conditional }) => (conditional ? "perhaps" : "surely"));
}

describe("what lies in a resource with a policy of its own", () => {
  const deny = (rest: object): object => ({ Effect: "Deny", Principal: "*", Action: "s3:*", ...rest });
  const toAnn = { Principal: { AWS: ann } };
  it.each<[string, Case, readonly string[]]>([
    ["is named after the user by the policy", { policy: [read(`${bucket}/\${aws:username}/*`, toAnn)] }, ["surely"]],
    [
      "is named after the user by the user's own",
      { own: [read(`${bucket}/\${aws:username}/*`)], policy: [read(bucket, toAnn)] },
      ["surely"],
    ],
    [
      "is what the boundary leaves",
      { own: [read("*")], boundary: read(`${bucket}/team/*`), policy: [{ ...deny({}), Resource: `${bucket}/other/*` }] },
      ["surely"],
    ],
    ["is what a deny leaves out", { own: [read("*")], policy: [deny({ NotResource: [bucket, `${bucket}/public/*`] })] }, ["surely"]],
    [
      "is what two limits have in common",
      { own: [read(`${bucket}/*/x`)], policy: [deny({ NotResource: `${bucket}/public/*` })] },
      ["surely"],
    ],
    [
      "is nothing where they have nothing in common",
      { own: [read(`${bucket}/private/*`)], policy: [deny({ NotResource: `${bucket}/public/*` })] },
      [],
    ],
    ["is not the bucket itself", { policy: [read(bucket, toAnn)] }, []],
    ["is not what the bucket's policy is about", { policy: [{ ...read(`${bucket}/*`, toAnn), Action: "s3:PutBucketPolicy" }] }, []],
    ["is named after somebody else", { policy: [read(`${bucket}/\${aws:username}/*`, { Principal: { AWS: `${ann}-other` } })] }, []],
  ])("%s", (_, world, expected) => {
    expect(edges(world)).toEqual(expected);
  });
});
