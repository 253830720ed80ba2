import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { allow, deny, escalationGraph, iamArn, techniquesOfCaller, trustIn } from "../testing/escalation-world.ts";
import type { EscalationWorld, Statement } from "../testing/escalation-world.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";
import { notModelled } from "./not-modelled.ts";
import { modelledTechniques, newPrincipalTechniques, proxyTechniques, selfTechniques } from "./techniques.ts";

/** One technique as it would stand in an account: what the caller needs on which resource, and nothing more. */
interface Case {
  readonly id: string;
  readonly as: "user" | "role";
  readonly required: readonly { readonly action: string; readonly resource: string }[];
  readonly service?: string;
  /** The service that is asked about when the role is passed. */
  readonly passedTo?: string;
  readonly targetTrust?: unknown;
  /** What an export cannot show keeps it conditional. */
  readonly certain: boolean;
}

const everything = allow(["*"]);
const targetOf = (target: string): string => iamArn(target.startsWith("users") ? "user/admin" : "role/target");

const federated = (issuer: string): Pick<Case, "passedTo" | "targetTrust"> => ({
  passedTo: issuer,
  targetTrust: trustIn({ Federated: issuer }, "sts:AssumeRoleWithWebIdentity"),
});

const takeOver = takeOverTechniques.map((technique): Case => {
  const service = technique.target.startsWith("service:") ? technique.target.slice("service:".length) : undefined;
  return {
    id: technique.id,
    as: "user",
    required: [
      ...technique.onTarget.map((action) => ({ action, resource: targetOf(technique.target) })),
      ...technique.onAnything.map((action) => ({ action, resource: "*" })),
    ],
    ...(service === undefined ? {} : { service, passedTo: technique.passedTo ?? service }),
    ...(technique.target.startsWith("federated:") ? federated(technique.target.slice("federated:".length)) : {}),
    certain:
      technique.needs === undefined && !technique.target.startsWith("usersWithPassword") && technique.target !== "usersWithoutPassword",
  };
});
const self = selfTechniques.map(({ id, action, on, principal }): Case => {
  const as = principal === "role" ? "role" : "user";
  const resource = {
    self: iamArn(`${as}/caller`),
    ownGroup: iamArn("group/mine"),
    ownPolicy: iamArn("policy/shared"),
    anyGroup: iamArn("group/admins"),
  }[on];
  return { id, as, required: [{ action, resource }], certain: true };
});
const toOwnAccount = trustIn({ AWS: iamArn("root") });
const assume = { action: "sts:AssumeRole", resource: iamArn("role/target") };
const proxies = proxyTechniques.map(({ id, target, onTarget, onItsPolicy, mustBeAssumable }): Case => ({
  id,
  as: "user",
  required: [
    ...onTarget.map((action) => ({ action, resource: targetOf(target) })),
    ...(onItsPolicy === null ? [] : [{ action: onItsPolicy, resource: iamArn("policy/target") }]),
    ...(mustBeAssumable ? [assume] : []),
  ],
  ...(mustBeAssumable ? { targetTrust: toOwnAccount } : {}),
  certain: true,
}));
const made = newPrincipalTechniques.flatMap(({ id, type, create, grant, use }) =>
  grant.flatMap((granting): Case[] =>
    (use.length === 0 ? [[]] : use.map((each) => [each])).map((using) => ({
      id,
      as: "user",
      required: [create, granting, ...using].map((action) => ({ action, resource: iamArn(`${type}/fresh-*`) })),
      certain: true,
    })),
  ),
);
const cases: readonly Case[] = [
  ...takeOver,
  ...self,
  ...proxies,
  ...made,
  { id: "sts-001", as: "user", required: [assume], targetTrust: toOwnAccount, certain: true },
];

const statementsOf = (
  { required }: Case,
  change: (statement: Statement, action: string) => Statement | null = (statement) => statement,
): Statement[] =>
  required.map(({ action, resource }) => change(allow([action], resource), action)).filter((statement) => statement !== null);

function found(each: Case, world: Partial<EscalationWorld>): "certain" | "conditional" | "no" {
  const { as, service, targetTrust } = each;
  const graph = escalationGraph({
    statements: statementsOf(each),
    as,
    ...(service === undefined ? {} : { service }),
    ...(targetTrust === undefined ? {} : { targetTrust }),
    ...world,
  });
  if (techniquesOfCaller(graph, { as, conditional: false }).includes(each.id)) return "certain";
  return techniquesOfCaller(graph, { as, conditional: true }).includes(each.id) ? "conditional" : "no";
}

describe.each(cases)("$id ($service)", (each) => {
  const expected = each.certain ? "certain" : "conditional";

  it(`is found with exactly its permissions: ${expected}`, () => {
    expect(found(each, {})).toBe(expected);
  });

  it("needs every one of them", () => {
    for (const { action } of each.required) {
      const without = statementsOf(each, (statement, of) => (of === action ? null : statement));
      expect(found(each, { statements: without }), `without ${action}`).toBe("no");
      expect(found(each, { statements: [...statementsOf(each), deny(action)] }), `${action} denied`).toBe("no");
    }
  });

  it("is stopped by a permission boundary that leaves one of them out", () => {
    for (const { action } of each.required) {
      const boundary = each.required.filter((other) => other.action !== action).map((other) => allow([other.action]));
      expect(found(each, { boundary: [...boundary, allow(["ce:GetTags"])] }), `boundary without ${action}`).toBe("no");
    }
  });

  it("is stopped by an organisation that denies one of them, or leaves it out on any level", () => {
    expect(found(each, { scps: [[everything], [everything, deny("ce:GetTags")]] })).toBe(expected);
    for (const { action } of each.required) {
      const others = each.required.filter((other) => other.action !== action).map((other) => allow([other.action]));
      expect(found(each, { scps: [[everything], [everything, deny(action)]] }), `${action} denied`).toBe("no");
      expect(found(each, { scps: [[everything], [...others, allow(["ce:GetTags"])]] }), `a level without ${action}`).toBe("no");
    }
  });

  it("is nothing when a permission is for someone or something else", () => {
    for (const { action, resource } of each.required.filter((need) => need.resource !== "*")) {
      const elsewhere = statementsOf(each, (statement, of) =>
        of === action ? allow([action], resource.replace("fresh-*", "elsewhere-*").replace(/(?<!\*)$/, "-other")) : statement,
      );
      expect(found(each, { statements: elsewhere }), `${action} elsewhere`).toBe("no");
    }
  });

  it("is at most conditional when a permission asks for a second factor", () => {
    const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    for (const { action } of each.required) {
      const statements = statementsOf(each, (statement, of) => (of === action ? { ...statement, Condition } : statement));
      expect(found(each, { statements }), action).toBe("conditional");
    }
  });

  it("is out of reach of a disabled key, and within that of an active one", () => {
    const reach = (keyStatus: "active" | "inactive"): boolean => {
      const graph = escalationGraph({ ...each, statements: statementsOf(each), keyStatus });
      return blastRadiusOfAll(graph).at(graph.indexByKey.get("credential:AKIACALLER")!).tierZeroMax;
    };
    expect([reach("active"), reach("inactive")]).toEqual([true, false]);
  });
});

const passing = cases.filter((each) => each.required.some(({ action }) => action === "iam:PassRole"));
const serviceCases = cases.filter((each) => each.service !== undefined);
describe("services", () => {
  it.each(serviceCases)("$id does nothing to a role that does not trust $service", (each) => {
    expect(found(each, { service: "unrelated.amazonaws.com" })).toBe("no");
  });
  it.each(passing)("$id is nothing when the role may be passed to another service only", (each) => {
    const pass = (service: string): Statement[] =>
      statementsOf(each, (statement, action) =>
        action === "iam:PassRole" ? { ...statement, Condition: { StringEquals: { "iam:PassedToService": service } } } : statement,
      );
    expect(found(each, { statements: pass("unrelated.amazonaws.com") })).toBe("no");
    expect(found(each, { statements: pass(each.passedTo!) })).toBe(each.certain ? "certain" : "conditional");
  });
});

const attaching = cases.filter((each) => each.required.some(({ action }) => action.startsWith("iam:Attach")));
describe("attaching policies", () => {
  it.each(attaching)("$id is nothing when only a harmless policy may be attached", (each) => {
    const attach = (policy: string): Statement[] =>
      statementsOf(each, (statement, action) =>
        action.startsWith("iam:Attach") ? { ...statement, Condition: { ArnEquals: { "iam:PolicyARN": policy } } } : statement,
      );
    expect(found(each, { statements: attach("arn:aws:iam::aws:policy/ReadOnlyAccess") })).toBe("no");
    expect(found(each, { statements: attach("arn:aws:iam::aws:policy/AdministratorAccess") })).toBe("certain");
  });
});

const catalogue = resolve(import.meta.dirname, "../../../../../shared/data/aws-privesc-paths/paths.json");
const paths: { id: string; permissions: { required: { permission: string }[] } }[] = existsSync(catalogue)
  ? JSON.parse(readFileSync(catalogue, "utf8"))
  : [];

describe.skipIf(paths.length === 0)("the catalogue in ../shared/data/aws-privesc-paths", () => {
  /** Listing the machines is a convenience: the id of one is enough to connect to it. */
  const convenience = new Set(["ec2:DescribeInstances"]);
  it.each(paths)("$id asks for the same permissions as ours, or is listed as not modelled", ({ id, permissions }) => {
    if (notModelled.some((each) => each.id === id)) return;
    const theirs = permissions.required.map(({ permission }) => permission).filter((permission) => !convenience.has(permission));
    expect(modelledTechniques).toContain(id);
    for (const each of cases.filter((other) => other.id === id))
      expect([...new Set(each.required.map(({ action }) => action))].sort()).toEqual([...new Set(theirs)].sort());
  });
});
