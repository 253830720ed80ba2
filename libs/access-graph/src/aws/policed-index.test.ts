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

const s3 = dataServices.find(({ id }) => id === "s3")!;
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
const onBucket = fc
  .record({ Effect: effect, Action: actions, party: fc.constantFrom(...parties), isExcept: fc.constantFrom(false, false, false, true) })
  .map(({ party, isExcept, ...statement }) => ({ ...statement, Resource: "*", [isExcept ? "NotPrincipal" : "Principal"]: party }));
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

test("whoever has a right on a resource with a policy of its own is asked about it", () => {
  let [rights, left] = [0, 0];
  fc.assert(
    fc.property(inventory, (input) => {
      const inventoryOf = new Inventory(input);
      const context = { inventory: inventoryOf, draft: new GraphDraft(), grants: inventoryOf.grants, asOf: input.asOf };
      const world = awsWorld(context);
      const policed = [...policedResources(context, world, () => s3).values()];
      const kind = { actions: Object.values(s3.actions).flat(), resourceOf: (arn: string) => resourceOfArn(s3, arn)?.resource ?? null };
      const index = new PolicedIndex(kind, policed);
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
  expect(rights).toBeGreaterThan(500);
  expect(left).toBeGreaterThan(100);
});
