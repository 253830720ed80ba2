import fc from "fast-check";
import { expect, it } from "vitest";
import { compilePolicy } from "./policy.ts";
import { trustEntries } from "./trust.ts";
import { openedTo } from "./trust-opening.ts";
import type { Trusted } from "./trusted.ts";
import { TrustsByCaller } from "./trusts-by-caller.ts";
import { principalTags, principalVariables } from "./variables.ts";
import type { AwsPrincipal } from "./world.ts";

const account = "111122223333";
const arnOf = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
const names = ["ann", "Bob", "cleo"];
const [anyName, anyTag] = [fc.constantFrom(...names, "a*", "${aws:username}").map(arnOf), fc.constantFrom("red", "Blue", "r*")];
const operator = fc.constantFrom(
  "StringEquals",
  "StringLike",
  "ArnEquals",
  "ArnLike",
  "StringEqualsIgnoreCase",
  "StringNotEquals",
  "StringEqualsIfExists",
);
const condition = fc.oneof(
  fc.record({ operator, key: fc.constant("aws:PrincipalArn"), values: fc.array(anyName, { minLength: 1, maxLength: 2 }) }),
  fc.record({ operator, key: fc.constant("aws:PrincipalTag/team"), values: fc.array(anyTag, { minLength: 1, maxLength: 2 }) }),
);
const trust = fc.array(condition, { minLength: 1, maxLength: 2 });

const entriesWith = (conditions: readonly { operator: string; key: string; values: readonly string[] }[]) =>
  trustEntries(
    compilePolicy({
      Statement: {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Condition: Object.fromEntries(conditions.map(({ operator: by, key, values }) => [by, { [key]: values }])),
      },
    }),
  );

it("leaves out no trust that may let a caller in, and few are left where each asks for another", () => {
  let fewer = 0;
  fc.assert(
    fc.property(
      fc.array(trust, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...names),
      fc.constantFrom(null, {}, { team: "red" }, { team: "blue" }),
      (trusts, name, tags) => {
        const all = trusts.flatMap((conditions, at) =>
          entriesWith(conditions).map((entry): Trusted => ({ role: { arn: `role-${at}` } as AwsPrincipal, entry })),
        );
        const known = new TrustsByCaller();
        for (const each of all) known.add(each);
        const variables = new Map([...principalVariables(arnOf(name)), ...(tags === null ? [] : principalTags(tags))]);
        const found = known.mayLetIn(variables);
        const open = all.filter(({ entry }) => openedTo(entry, { arn: arnOf(name), variables }) !== null);
        expect(open.filter((each) => !found.includes(each))).toEqual([]);
        expect(found).toEqual(all.filter((each) => found.includes(each)));
        if (found.length < all.length) fewer += 1;
      },
    ),
    { numRuns: 1000 },
  );
  // Or nothing was tested.
  expect(fewer).toBeGreaterThan(200);
});
