import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerQuestion } from "./answer-question.ts";
import type { PolicyAnswer } from "./policy-answer.ts";

type Json = Readonly<Record<string, unknown>>;

const account = "111111111111";
const runs = { numRuns: 300 };
const keys = ["aws:Referer", "aws:SourceIp", "aws:TagKeys", "aws:PrincipalTag/team", "s3:max-keys"] as const;
const texts = ["a", "b", "10.0.0.1", "10.0.0.0/8", "5", "7", "team-a"];

const value = fc.constantFrom(...texts);
const operand: Readonly<Record<string, fc.Arbitrary<string>>> = {
  StringEquals: fc.oneof(value, fc.constant("${aws:PrincipalTag/team}")),
  StringNotEquals: fc.oneof(value, fc.constant("${aws:PrincipalTag/team}")),
  StringLike: fc.constantFrom("*", "a*", "?", "${aws:username}", "team-*", "${aws:PrincipalTag/team, 'a'}"),
  "ForAllValues:StringEquals": value,
  "ForAnyValue:StringLike": fc.constantFrom("a*", "*"),
  "ForAnyValue:StringNotEquals": value,
  StringEqualsIfExists: value,
  StringNotLikeIfExists: fc.constantFrom("a*", "b"),
  NumericLessThan: fc.constantFrom("6", "8"),
  IpAddress: fc.constantFrom("10.0.0.0/8", "10.0.0.1"),
  NotIpAddress: fc.constantFrom("10.0.0.0/8", "192.0.2.0/24"),
  Null: fc.constantFrom("true", "false"),
};
const condition = fc
  .constantFrom(...Object.keys(operand))
  .chain((operator) =>
    fc.record({
      operator: fc.constant(operator),
      key: fc.constantFrom(...keys),
      values: fc.array(operand[operator]!, { minLength: 1, maxLength: 2 }),
    }),
  )
  .map(({ operator, key, values }) => ({ [operator]: { [key]: values } }));

const action = fc.oneof(
  fc.record({ Action: fc.constantFrom("*", "s3:*", "s3:GetObject", "s3:Put*", "ec2:*") }),
  fc.record({ NotAction: fc.constantFrom("iam:*", "s3:Put*", "s3:Get*") }),
);
const place = fc.constantFrom(
  "*",
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::b/${aws:username}/*",
  "arn:aws:s3:::b/${aws:PrincipalTag/team}/x",
  "arn:aws:s3:::c/*",
);
const resource = fc.oneof(
  { weight: 3, arbitrary: fc.record({ Resource: fc.oneof(place, fc.array(place, { minLength: 1, maxLength: 2 })) }) },
  { weight: 1, arbitrary: fc.record({ NotResource: fc.oneof(place, fc.constant("arn:aws:s3:::b/${aws:PrincipalTag/team}/x")) }) },
);
const statement = fc
  .tuple(fc.constantFrom("Allow", "Allow", "Deny"), action, resource, fc.option(condition, { nil: undefined }))
  .map(([effect, actions, resources, block]): Json => ({
    Effect: effect,
    ...actions,
    ...resources,
    ...(block === undefined ? {} : { Condition: block }),
  }));
const document = (of: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"), fc.array(of, { minLength: 1, maxLength: 3 }))
    .map(([version, statements]) => ({ Version: version, Statement: statements }));
const plain = document(statement);
const principals = fc.constantFrom<unknown>(
  "*",
  { AWS: account },
  { AWS: "222222222222" },
  { AWS: `arn:aws:iam::${account}:user/u` },
  { AWS: `arn:aws:iam::${account}:role/r` },
  { Service: "sns.amazonaws.com" },
);
const withPrincipal = document(
  fc.tuple(statement, principals, fc.boolean()).map(([base, who, isNot]) => ({ ...base, [isNot ? "NotPrincipal" : "Principal"]: who })),
);

const some = (of: fc.Arbitrary<Json>, maxLength = 2): fc.Arbitrary<Json[]> => fc.array(of, { maxLength });
const context = fc.dictionary(fc.constantFrom(...keys), fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxKeys: 4 });
const question = fc.record(
  {
    principal: fc.constantFrom<unknown>(
      `arn:aws:iam::${account}:user/u`,
      `arn:aws:iam::${account}:role/r`,
      `arn:aws:sts::${account}:assumed-role/r/s`,
      `arn:aws:iam::${account}:root`,
      "sns.amazonaws.com",
      "*",
    ),
    action: fc.constantFrom("s3:GetObject", "s3:PutObject"),
    resource: fc.record({
      arn: fc.constantFrom("arn:aws:s3:::b/u/x", "arn:aws:s3:::b/a/x", "arn:aws:s3:::c/k"),
      account: fc.constantFrom(account, "222222222222"),
    }),
    context,
    identityPolicies: some(plain, 3),
    groupPolicies: some(plain, 1),
    boundary: fc.option(plain),
    sessionPolicies: some(plain, 1),
    scps: fc.array(some(plain), { maxLength: 2 }),
    resourcePolicy: fc.option(withPrincipal),
  },
  { requiredKeys: ["principal", "action", "resource", "identityPolicies"] },
) as fc.Arbitrary<Json>;

/** How much an answer grants. */
const grants = ({ decision }: PolicyAnswer): number =>
  decision === "allowed" ? 2 : decision === "conditional" || decision === "unknown" ? 1 : 0;
const denyAll = (of: Json): Json => ({ ...of, Statement: (of["Statement"] as Json[]).map((each) => ({ ...each, Effect: "Deny" })) });
const list = (given: Json, key: string): Json[] => (given[key] as Json[] | undefined) ?? [];

describe("laws of policy answers", () => {
  it("asks questions of every answer, so that the laws are about something", () => {
    const seen = new Map<string, number>();
    for (const each of fc.sample(question, { numRuns: 1000, seed: 7 })) {
      const { decision } = answerQuestion(each);
      seen.set(decision, (seen.get(decision) ?? 0) + 1);
    }
    for (const decision of ["allowed", "explicitly_denied", "implicitly_denied", "conditional"])
      expect(seen.get(decision) ?? 0, decision).toBeGreaterThan(10);
    expect(seen.get("invalid") ?? 0).toBe(0);
  });

  it("a deny more never grants more", () => {
    fc.assert(
      fc.property(question, plain, withPrincipal, (given, more, onResource) => {
        const before = grants(answerQuestion(given));
        expect(
          grants(answerQuestion({ ...given, identityPolicies: [...list(given, "identityPolicies"), denyAll(more)] })),
        ).toBeLessThanOrEqual(before);
        const policy = given["resourcePolicy"] as Json | null | undefined;
        const statements = [...((policy?.["Statement"] as Json[] | undefined) ?? []), ...(denyAll(onResource)["Statement"] as Json[])];
        const stricter = { Version: policy?.["Version"] ?? "2012-10-17", Statement: statements };
        expect(grants(answerQuestion({ ...given, resourcePolicy: stricter }))).toBeLessThanOrEqual(before);
      }),
      runs,
    );
  });

  it("a boundary, a session policy or a level of organisation policies never grants more", () => {
    fc.assert(
      fc.property(question, plain, (given, limit) => {
        const before = grants(answerQuestion({ ...given, boundary: null, sessionPolicies: null }));
        expect(grants(answerQuestion({ ...given, boundary: limit, sessionPolicies: null }))).toBeLessThanOrEqual(before);
        expect(grants(answerQuestion({ ...given, boundary: null, sessionPolicies: [limit] }))).toBeLessThanOrEqual(before);
        const levels = (given["scps"] as Json[][] | undefined) ?? [];
        expect(grants(answerQuestion({ ...given, scps: [...levels, [limit]] }))).toBeLessThanOrEqual(grants(answerQuestion(given)));
        const everyone = {
          ...denyAll(limit),
          Statement: (denyAll(limit)["Statement"] as Json[])
            .filter((each) => each["NotAction"] === undefined)
            .map((each) => ({ ...each, Principal: "*" })),
        };
        if (everyone.Statement.length > 0)
          expect(grants(answerQuestion({ ...given, rcps: [[everyone]] }))).toBeLessThanOrEqual(grants(answerQuestion(given)));
      }),
      runs,
    );
  });

  it("a limit that allows nothing leaves nothing but what the resource grants outright", () => {
    const nothing = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "ec2:*", Resource: "*" } };
    fc.assert(
      fc.property(question, (given) => {
        const bare = { ...given, resourcePolicy: null };
        expect(grants(answerQuestion({ ...bare, boundary: nothing }))).toBe(0);
        expect(grants(answerQuestion({ ...bare, sessionPolicies: [nothing] }))).toBe(0);
        if (!["*", "sns.amazonaws.com"].includes(given["principal"] as string))
          expect(grants(answerQuestion({ ...given, scps: [[]] }))).toBe(0);
        expect(grants(answerQuestion({ ...given, rcps: [[]] }))).toBe(0);
      }),
      runs,
    );
  });

  it("a policy limits as much as it grants: in the place of each limit it leaves what it gives by itself", () => {
    const everything = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    fc.assert(
      fc.property(question, plain, (given, policy) => {
        const { principal, action: asked, resource: about, context: known } = given;
        if (["*", "sns.amazonaws.com", `arn:aws:iam::${account}:root`].includes(principal as string)) return;
        const bare = { principal, action: asked, resource: { ...(about as Json), account }, context: known };
        const own = answerQuestion({ ...bare, identityPolicies: [policy] }).decision;
        const whole = { ...bare, identityPolicies: [everything] };
        expect(answerQuestion({ ...whole, boundary: policy }).decision).toBe(own);
        expect(answerQuestion({ ...whole, sessionPolicies: [policy] }).decision).toBe(own);
        expect(answerQuestion({ ...whole, scps: [[everything], [policy]] }).decision).toBe(own);
        // Rather than the owner's leave, it takes both sides elsewhere.
        const elsewhere = { ...whole, resource: { ...(about as Json), account: "222222222222" } };
        const open = { Version: "2012-10-17", Statement: { ...everything.Statement, Principal: "*" } };
        const across = { ...elsewhere, identityPolicies: [policy], resourcePolicy: open };
        expect(answerQuestion({ ...elsewhere, boundary: policy, resourcePolicy: open }).decision).toBe(answerQuestion(across).decision);
      }),
      runs,
    );
  });

  it("an allow more never grants less", () => {
    fc.assert(
      fc.property(question, plain, (given, more) => {
        const allows = { ...more, Statement: (more["Statement"] as Json[]).map((each) => ({ ...each, Effect: "Allow" })) };
        expect(grants(answerQuestion({ ...given, identityPolicies: [...list(given, "identityPolicies"), allows] }))).toBeGreaterThanOrEqual(
          grants(answerQuestion(given)),
        );
      }),
      runs,
    );
  });

  it("order, repetition and the case of actions and keys do not matter", () => {
    fc.assert(
      fc.property(question, (given) => {
        const decision = answerQuestion(given).decision;
        const turned = (of: Json): Json => ({ ...of, Statement: [...(of["Statement"] as Json[])].reverse() });
        const shouted = (of: Json): Json =>
          JSON.parse(JSON.stringify(of).replaceAll(/"(s3|ec2|iam):[A-Za-z*-]*/g, (text) => text.toUpperCase())) as Json;
        const policies = list(given, "identityPolicies");
        expect(answerQuestion({ ...given, identityPolicies: policies.toReversed().map(turned) }).decision).toBe(decision);
        expect(answerQuestion({ ...given, identityPolicies: [...policies, ...policies] }).decision).toBe(decision);
        expect(
          answerQuestion({ ...given, identityPolicies: policies.map(shouted), action: String(given["action"]).toLowerCase() }).decision,
        ).toBe(decision);
        expect(answerQuestion({ ...given, identityPolicies: policies.map((each) => JSON.stringify(each)) }).decision).toBe(decision);
      }),
      runs,
    );
  });

  it("a full context leaves nothing open", () => {
    fc.assert(
      fc.property(question, context, (given, full) => {
        expect(["allowed", "explicitly_denied", "implicitly_denied"]).toContain(answerQuestion({ ...given, context: full }).decision);
      }),
      runs,
    );
  });

  it("what is certain without a context is so with every context", () => {
    let certain = 0;
    fc.assert(
      fc.property(question, fc.array(context, { minLength: 4, maxLength: 8 }), (given, completions) => {
        const open = answerQuestion({ ...given, context: undefined }).decision;
        if (open === "conditional") return;
        certain++;
        for (const completion of completions) {
          const { decision } = answerQuestion({ ...given, context: completion });
          // Which of the two denials it is may depend on the context.
          if (open === "implicitly_denied") expect(decision).not.toBe("allowed");
          else expect(decision).toBe(open);
        }
      }),
      runs,
    );
    expect(certain).toBeGreaterThan(60);
  });
});
