import fc from "fast-check";
import { expect, test } from "vitest";
import { GraphDraft } from "../draft.ts";
import { Inventory } from "../inventory.ts";
import { aGrant, anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";
import type { GraphInput } from "../types.ts";
import { dataServices, resourceOfArn } from "./data-services.ts";
import { PolicedIndex } from "./policed-index.ts";
import { policedAccess, policedResources } from "./resource-policy-edges.ts";
import { awsWorld } from "./world.ts";

const users = [
  "arn:aws:iam::111122223333:user/ann",
  "arn:aws:iam::111122223333:user/bea",
  "arn:aws:iam::444455556666:user/cal",
  "arn:aws:iam::111122223333:role/ops/dee",
];
const buckets = ["arn:aws:s3:::data", "arn:aws:s3:::data-eu", "arn:aws:s3:::logs"];
const owners = ["111122223333", "111122223333", "444455556666"];
const patterns = [
  ...buckets,
  ...buckets.map((bucket) => `${bucket}/*`),
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::d*y",
  "arn:aws:s3:::*/any",
  "arn:aws:s3:::data*/x",
  "arn:aws:s3:::dat?",
  "arn:aws:s3:::logs/${aws:username}/*",
];
const parties: readonly unknown[] = [
  { AWS: users[0] },
  { AWS: [users[1], users[2]] },
  { AWS: "arn:aws:iam::111122223333:root" },
  { AWS: "444455556666" },
  { AWS: "AIDAEXAMPLEEXAMPLE01" },
  { AWS: "arn:aws:sts::111122223333:assumed-role/dee/release" },
  { Service: "cloudtrail.amazonaws.com" },
  "*",
];
const actions = fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:*", "*", "s3:PutBucketPolicy");
const effect = fc.constantFrom("Allow", "Allow", "Allow", "Deny");
const own = fc
  .record({ Effect: effect, Action: actions })
  .chain((statement) =>
    fc
      .record({ key: fc.constantFrom("Resource", "Resource", "Resource", "NotResource"), resource: fc.constantFrom(...patterns) })
      .map(({ key, resource }) => ({ ...statement, [key]: resource })),
  );
const named = fc
  .record({ Effect: effect, Action: actions, party: fc.constantFrom(...parties), isExcept: fc.constantFrom(false, false, false, true) })
  .map(({ party, isExcept, ...statement }) => ({ ...statement, Resource: "*", [isExcept ? "NotPrincipal" : "Principal"]: party }));
/** Denied to all but some, as policies often are. */
const closed = fc
  .record({
    Action: fc.constantFrom("s3:*", "s3:*", "s3:GetObject"),
    Resource: fc.constantFrom("*", "arn:aws:s3:::*", "arn:aws:s3:::data*", "arn:aws:s3:::data", "arn:aws:s3:::*/*"),
    operator: fc.constantFrom("ArnNotEquals", "ArnNotLike", "StringNotEquals", "ArnEquals"),
    spared: fc.subarray([...users.slice(0, 3), "arn:aws:iam::*:user/b*"], { minLength: 1, maxLength: 2 }),
  })
  .map(({ operator, spared, ...statement }) => ({
    Effect: "Deny",
    Principal: "*",
    ...statement,
    Condition: { [operator]: { "aws:PrincipalArn": spared } },
  }));
const onBucket = fc.oneof({ weight: 4, arbitrary: named }, { weight: 1, arbitrary: closed });
const documentOf = (Statement: unknown) => ({ Version: "2012-10-17", Statement });

const inventory: fc.Arbitrary<GraphInput> = fc
  .record({
    theirs: fc.array(fc.array(own, { minLength: 1, maxLength: 2 }), { minLength: users.length, maxLength: users.length }),
    policies: fc.array(fc.option(fc.array(onBucket, { maxLength: 2 })), { minLength: buckets.length, maxLength: buckets.length }),
  })
  .map(({ theirs, policies }) =>
    anInput({
      identities: users.map((arn) =>
        anIdentity(arn, { kind: arn.includes(":role/") ? "role" : "service_account", provider: "aws", account: arn.split(":")[4]! }),
      ),
      resources: [
        ...users.map((arn, at) => aResource(`${arn}#inline/p`, { kind: "policy", attributes: { document: documentOf(theirs[at]) } })),
        ...buckets.map((arn, at) => aResource(arn, { kind: "data_store", provider: "aws", account: owners[at]! })),
      ],
      grants: [
        ...users.map((arn) => aGrant("attached_policy", arn, `${arn}#inline/p`, { dialect: "aws_iam" })),
        ...buckets.map((arn, at) =>
          aGrant("resource_policy", arn, arn, {
            dialect: "aws_iam",
            attributes: policies[at] === null ? { documentMissing: true } : { document: documentOf(policies[at]) },
          }),
        ),
      ],
    }),
  );

/** The same world of keys, which only their own policies open. */
const ofKeys = (input: GraphInput): GraphInput => {
  const text = JSON.stringify(input)
    .replaceAll("arn:aws:s3:::", "arn:aws:kms:eu-west-1:111122223333:key/")
    .replaceAll("s3:GetObject", "kms:Decrypt")
    .replaceAll("s3:PutObject", "kms:Encrypt")
    .replaceAll("s3:PutBucketPolicy", "kms:PutKeyPolicy")
    .replaceAll("s3:*", "kms:*");
  return JSON.parse(text) as GraphInput;
};

test.each([
  { id: "s3", worldOf: (input: GraphInput) => input, isGuarded: false, least: { rights: 500, left: 100 } },
  { id: "kms", worldOf: ofKeys, isGuarded: true, least: { rights: 100, left: 500 } },
])("whoever has a right on a resource of $id with a policy of its own is asked about it", ({ id, worldOf, isGuarded, least }) => {
  const service = dataServices.find((each) => each.id === id)!;
  const resourceOf = (arn: string): string | null => resourceOfArn(service, arn)?.resource ?? null;
  let [rights, left] = [0, 0];
  fc.assert(
    fc.property(inventory, (made) => {
      const input = worldOf(made);
      const inventoryOf = new Inventory(input);
      const context = { inventory: inventoryOf, draft: new GraphDraft(), grants: inventoryOf.grants, asOf: input.asOf };
      const world = awsWorld(context);
      const policed = [...policedResources(context, world, () => service).values()];
      const index = new PolicedIndex({ actions: Object.values(service.actions).flat(), resourceOf, isGuarded }, policed);
      for (const principal of world.principals) {
        const concerning = index.concerning(principal, principal);
        for (const resource of policed) {
          if (!concerning.has(resource)) left++;
          if (policedAccess(world, principal, resource).length === 0) continue;
          rights++;
          expect(concerning).toContain(resource);
        }
      }
    }),
    { numRuns: 400, seed: 5 },
  );
  // Neither would be true of an index that knows nobody, or everybody.
  expect(rights).toBeGreaterThan(least.rights);
  expect(left).toBeGreaterThan(least.left);
});
