import fc from "fast-check";
import { expect, test } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { aGrant, anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph, GraphInput, Ground } from "../types.ts";
import { openGround } from "../ways.ts";
import { applyChanges } from "../what-if/apply-changes.ts";
import { changeOf } from "../what-if/fixes.ts";
import { edgesByGround, overlay } from "../what-if/overlay.ts";
import { whatIf } from "../what-if/what-if.ts";

const account = "111122223333";
const users = [`arn:aws:iam::${account}:user/ann`, `arn:aws:iam::${account}:role/ops/dee`, "arn:aws:iam::444455556666:user/cal"];
const buckets = ["a", "b", "bb", "c", "d"].map((name) => `arn:aws:s3:::${name}`);
const parties: readonly unknown[] = [
  "*",
  { AWS: users[0] },
  { AWS: users[1] },
  { AWS: users[2] },
  { Service: "logging.s3.amazonaws.com" },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: "444455556666" },
];
const conditions: readonly object[] = [
  {},
  {},
  { StringEquals: { "aws:SourceVpc": "vpc-1" } },
  { ArnNotEquals: { "aws:PrincipalArn": users[0] } },
  { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
];
const actions = fc.constantFrom("s3:*", "s3:GetObject", "s3:PutObject", "s3:PutBucketPolicy");
const effect = fc.constantFrom("Allow", "Allow", "Allow", "Deny");
const conditioned = fc.constantFrom(...conditions).map((Condition) => (Object.keys(Condition).length === 0 ? {} : { Condition }));

const own = fc
  .record({
    Effect: effect,
    Action: actions,
    what: fc.constantFrom<readonly [string, string]>(
      ["Resource", "*"],
      ["Resource", "*"],
      ["Resource", "arn:aws:s3:::*"],
      ["Resource", "arn:aws:s3:::*/*"],
      ["Resource", "arn:aws:s3:::*/logs/*"],
      ["Resource", "arn:aws:s3:::b*"],
      ["Resource", "arn:aws:s3:::b/*"],
      ["Resource", "arn:aws:s3:::*b"],
      ["Resource", "arn:aws:s3:::${aws:username}/*"],
      ["NotResource", "arn:aws:s3:::c"],
      ["NotResource", "arn:aws:s3:::c/*"],
    ),
    condition: conditioned,
  })
  .map(({ what: [key, value], condition, ...statement }) => ({ ...statement, ...condition, [key]: value }));
/** Of a bucket whose ARN stands for SELF. */
const ofBucket = fc
  .record({
    Effect: effect,
    Action: actions,
    Principal: fc.constantFrom(...parties),
    Resource: fc.constantFrom<unknown>(
      "SELF",
      "SELF/*",
      ["SELF", "SELF/*"],
      "SELF/logs/*",
      "SELF/${aws:username}/*",
      "*",
      "arn:aws:s3:::b*",
    ),
    condition: conditioned,
  })
  .map(({ condition, ...statement }) => ({ ...statement, ...condition }));

type Statements = readonly object[];
interface Estate {
  readonly theirs: readonly Statements[];
  readonly limit: Statements | null;
  readonly template: Statements;
  readonly another: Statements;
  /** Of one bucket alone, to somebody by name. */
  readonly extra: readonly (object | null)[];
}
const estates: fc.Arbitrary<Estate> = fc.record({
  theirs: fc.array(fc.array(own, { maxLength: 3 }), { minLength: users.length, maxLength: users.length }),
  limit: fc.option(fc.array(own, { minLength: 1, maxLength: 2 })),
  template: fc.array(ofBucket, { minLength: 1, maxLength: 2 }),
  another: fc.array(ofBucket, { maxLength: 2 }),
  extra: fc.array(
    fc.option(
      fc.record({ statement: ofBucket, user: fc.constantFrom(...users) }).map(({ statement, user }) => ({
        ...statement,
        Effect: "Allow",
        Principal: { AWS: user },
      })),
      { freq: 1 },
    ),
    { minLength: buckets.length, maxLength: buckets.length },
  ),
});

const elsewhere = { Effect: "Allow", Principal: { AWS: "999988887777" }, Action: "s3:GetBucketTagging", Resource: "*" };

/** Four buckets with one policy and one with another. With `apart` one statement of each has a name of its own, so that none is like another. */
function inputOf({ theirs, limit, template, another, extra }: Estate, apart: boolean): GraphInput {
  const policyOf = (arn: string, at: number): unknown => {
    const own = extra[at] ?? null;
    // To an account that is nowhere, what is nothing; only its name may differ.
    const mark = { ...elsewhere, Sid: apart ? `Mark${at}` : "Mark" };
    const statements = [...(arn.endsWith(":c") ? another : template), ...(own === null ? [] : [own]), mark];
    return { Version: "2012-10-17", Statement: JSON.parse(JSON.stringify(statements).replaceAll("SELF", arn)) as unknown };
  };
  const policy = (ref: string, Statement: unknown) =>
    aResource(ref, { kind: "policy", attributes: { document: { Version: "2012-10-17", Statement } } });
  return anInput({
    identities: users.map((arn) =>
      anIdentity(arn, { kind: arn.includes(":role/") ? "role" : "service_account", provider: "aws", account: arn.split(":")[4]! }),
    ),
    resources: [
      ...users.map((arn, at) => policy(`${arn}#inline/p`, theirs[at])),
      policy("arn:aws:iam::111122223333:policy/limit", limit ?? []),
      // Weights of which every sum tells what it is made of.
      ...buckets.map((arn, at) => aResource(arn, { kind: "data_store", provider: "aws", account, sensitivity: 11 ** at })),
    ],
    grants: [
      ...users.map((arn) => aGrant("attached_policy", arn, `${arn}#inline/p`, { dialect: "aws_iam" })),
      ...(limit === null ? [] : [aGrant("boundary", users[0]!, "arn:aws:iam::111122223333:policy/limit", { dialect: "aws_iam" })]),
      ...buckets.map((arn, at) => aGrant("resource_policy", arn, arn, { dialect: "aws_iam", attributes: { document: policyOf(arn, at) } })),
    ],
  });
}

/** Who is left with nothing is in a graph that is built anew perhaps no more. */
function reached(graph: AccessGraph): readonly string[] {
  const all = blastRadiusOfAll(graph);
  return graph.nodes.flatMap(({ key, kind }, node) => {
    const row = all.at(node);
    return kind === "resource" || row.max === 0 ? [] : [JSON.stringify([key, row])];
  });
}
/** Of a bucket elsewhere without a policy nobody knows whether it has one. */
const atHome = (graph: AccessGraph): unknown => reached(graph).filter((row) => !row.includes(users[2]!));
const hubsOf = (graph: AccessGraph): readonly string[] =>
  graph.nodes.map(({ key }) => key).filter((key) => key.includes("-policies-like-"));

/** The same estate with keys, which only their own policies open. */
const ofKeys = (input: GraphInput): GraphInput =>
  JSON.parse(
    JSON.stringify(input)
      .replaceAll("arn:aws:s3:::", `arn:aws:kms:eu-west-1:${account}:key/`)
      .replaceAll("s3:GetObject", "kms:Decrypt")
      .replaceAll("s3:PutObject", "kms:Encrypt")
      .replaceAll("s3:PutBucketPolicy", "kms:PutKeyPolicy")
      .replaceAll("s3:*", "kms:*"),
  ) as GraphInput;

test.each([
  { what: "buckets", isOfKeys: false },
  { what: "keys", isOfKeys: true },
])("$what with one policy are reached as if each were asked about, whatever is taken away", { timeout: 120_000 }, ({ isOfKeys }) => {
  const inputFor = (estate: Estate, apart: boolean): GraphInput => {
    const made = inputOf(estate, apart);
    return isOfKeys ? ofKeys(made) : made;
  };
  let [hubs, removed, rebuilt] = [0, 0, 0];
  fc.assert(
    fc.property(estates, (estate) => {
      const [alike, apart] = [buildGraph(inputFor(estate, false)), buildGraph(inputFor(estate, true))];
      expect(hubsOf(apart)).toEqual([]);
      hubs += hubsOf(alike).length;
      expect(reached(alike)).toEqual(reached(apart));
      const grounds = new Set<Ground>([...edgesByGround(alike).keys(), ...edgesByGround(apart).keys()]);
      // An open condition is no fix.
      grounds.delete(openGround);
      for (const ground of grounds) {
        removed++;
        const without = { grounds: new Set([ground]) };
        expect(reached(overlay(alike, without))).toEqual(reached(overlay(apart, without)));
        const change = changeOf(ground);
        // No key is without a policy; one that the inventory lacks is taken as what AWS makes.
        if (change === null || (isOfKeys && ground.includes("resource_policy"))) continue;
        const inventory = inputFor(estate, false);
        const { after, inexact } = whatIf(alike, [change], { entries: [], inventory, asOf: inventory.asOf });
        if (inexact.length > 0) continue;
        rebuilt++;
        expect(atHome(after)).toEqual(atHome(buildGraph(applyChanges(inventory, [change]))));
      }
    }),
    { numRuns: 100, seed: 11 },
  );
  expect(hubs).toBeGreaterThan(5);
  expect(removed).toBeGreaterThan(300);
  expect(rebuilt).toBeGreaterThan(150);
});
