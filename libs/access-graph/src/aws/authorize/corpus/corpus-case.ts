import type { PolicyDecision } from "../policy-answer.ts";

/** One question whose answer follows from AWS's documented rules, with the rule in a few words. */
export interface CorpusCase {
  readonly why: string;
  readonly question: Readonly<Record<string, unknown>>;
  readonly decision: PolicyDecision;
}

type Json = Readonly<Record<string, unknown>>;

export const account = "111111111111";
export const other = "222222222222";
export const user = `arn:aws:iam::${account}:user/alice`;
export const role = `arn:aws:iam::${account}:role/deploy`;
export const session = `arn:aws:sts::${account}:assumed-role/deploy/run1`;
export const root = `arn:aws:iam::${account}:root`;
export const bucket = "arn:aws:s3:::data";
export const object = "arn:aws:s3:::data/a/b.txt";

export const policy = (...statements: readonly Json[]): Json => ({ Version: "2012-10-17", Statement: statements });
export const allow = (action: unknown, resource: unknown = "*", condition?: Json): Json => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...(condition === undefined ? {} : { Condition: condition }),
});
export const deny = (action: unknown, resource: unknown = "*", condition?: Json): Json => ({
  ...allow(action, resource, condition),
  Effect: "Deny",
});
export const grant = (principal: unknown, action: unknown, resource: unknown = "*", rest: Json = {}): Json => ({
  ...allow(action, resource),
  Principal: principal,
  ...rest,
});
export const trust = (principal: unknown, rest: Json = {}): Json =>
  policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...rest });

/** A read of one object by a user of the same account, with a full context, unless said otherwise. */
export const ask = (parts: Json): Json => ({
  principal: user,
  action: "s3:GetObject",
  resource: { arn: object, account },
  context: {},
  ...parts,
});

export const it = (why: string, decision: PolicyDecision, parts: Json): CorpusCase => ({ why, decision, question: ask(parts) });
/** With the one identity policy made of these statements. */
export const by = (why: string, decision: PolicyDecision, statements: readonly Json[], parts: Json = {}): CorpusCase =>
  it(why, decision, { identityPolicies: [policy(...statements)], ...parts });
