import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArnIndex } from "./arn-index.ts";
import { decide } from "./evaluate.ts";
import type { PolicySet } from "./evaluate.ts";
import { globMatches } from "./glob.ts";
import { namedMembers } from "./named-members.ts";
import { compilePolicy } from "./policy.ts";
import { permits } from "./target-class.ts";

const prefix = "arn:aws:iam::111122223333:role/";
const members = Array.from({ length: 200 }, (_, at) => ({ arn: `${prefix}team-${at % 20}/${["app", "job", "app-1"][at % 3]}-${at}` }));
const index = new ArnIndex(members);
const all = { prefix, members: index.all(), index };

const part = fc.constantFrom("team-", "1", "/", "app", "-", "*", "?", "7", "job-", "${aws:username}");
const pattern = fc.oneof(
  { weight: 4, arbitrary: fc.array(part, { maxLength: 5 }).map((parts) => prefix + parts.join("")) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "*",
      `${prefix}*`,
      "arn:aws:iam::*:role/*-17",
      "arn:aws:iam::*:role/team-1*",
      "arn:*:role/team-1?/*",
      "a*:111122223333:role/*",
      members[3]!.arn,
    ),
  },
);

it("an index finds what a pattern fits, however the pattern begins and ends", () => {
  fc.assert(
    fc.property(pattern, (of) => {
      expect(index.matching(of)).toEqual(index.all().filter(({ arn }) => arn === of || globMatches(of, arn)));
    }),
    { numRuns: 2000 },
  );
});

const action = "sts:AssumeRole";
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
  Action: fc.constantFrom(action, "sts:*", "s3:GetObject"),
  patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  isNot: fc.integer({ min: 0, max: 3 }).map((each) => each === 0),
  isConditional: fc.integer({ min: 0, max: 4 }).map((each) => each === 0),
});
const policy = fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) =>
  compilePolicy({
    Statement: statements.map(({ Effect, Action, patterns, isNot, isConditional }) => ({
      Effect,
      Action,
      [isNot ? "NotResource" : "Resource"]: patterns,
      ...(isConditional ? { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } } : {}),
    })),
  }),
);

describe("members that policies name", () => {
  it("leave out none that is allowed or may be", () => {
    let fewer = 0;
    fc.assert(
      fc.property(
        fc.array(policy, { minLength: 1, maxLength: 2 }),
        fc.array(policy, { maxLength: 2 }),
        fc.boolean(),
        (own, limits, isKnown) => {
          const policies: PolicySet = {
            identity: own.map((each, at) => ({ ref: `own-${at}`, policy: each })),
            ceilings: limits.map((each, at) => ({ ref: `limit-${at}`, policy: each })),
            unknownCeilings: [],
            variables: new Map(isKnown ? [["aws:username", ["app"]]] : []),
          };
          const named = namedMembers(policies, action.toLowerCase(), all);
          if (named.length < members.length) fewer += 1;
          const permitted = all.members.filter(({ arn }) => permits(decide(policies, { action, resource: arn })));
          expect(permitted.filter((each) => !named.includes(each))).toEqual([]);
          expect(named).toEqual(all.members.filter((each) => named.includes(each)));
        },
      ),
      { numRuns: 2000 },
    );
    // Or nothing was tested.
    expect(fewer).toBeGreaterThan(500);
  });

  it("are few where one layer or a deny of all others names few", () => {
    const sets = (own: unknown, limit?: unknown): PolicySet => ({
      identity: [{ ref: "own", policy: compilePolicy({ Statement: own }) }],
      ceilings: limit === undefined ? [] : [{ ref: "limit", policy: compilePolicy({ Statement: limit }) }],
      unknownCeilings: [],
      variables: new Map(),
    });
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    const one = members[3]!;
    const few = (policies: PolicySet): readonly { readonly arn: string }[] => namedMembers(policies, action.toLowerCase(), all);
    expect(few(sets([everything], [{ Effect: "Allow", Action: "sts:*", Resource: one.arn }]))).toEqual([one]);
    expect(few(sets([everything, { Effect: "Deny", Action: "*", NotResource: one.arn }]))).toEqual([one]);
    expect(few(sets([everything]))).toBe(all.members);
  });
});
