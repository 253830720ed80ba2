import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsInventory } from "../testing/index.ts";
import type { GraphInput } from "../types.ts";
import { can } from "./authorize/can.ts";

const iam = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;
const caller = iam("user/caller");
const target = iam("role/target");
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const allow = (Action: string | string[], Condition?: object): object => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...(Condition === undefined ? {} : { Condition }),
});

interface Tagged {
  /** Undefined = the export lists no tags. */
  readonly caller?: Readonly<Record<string, string>>;
  readonly target?: Readonly<Record<string, string>>;
}

function account(statements: readonly object[], tags: Tagged, trust: object = {}): GraphInput {
  const input = awsInventory({
    UserDetailList: [{ Arn: caller, UserPolicyList: [{ PolicyName: "own", PolicyDocument: document(...statements) }] }],
    GroupDetailList: [],
    RoleDetailList: [
      {
        Arn: target,
        AssumeRolePolicyDocument: document({ Effect: "Allow", Principal: { AWS: iam("root") }, Action: "sts:AssumeRole", ...trust }),
      },
    ],
    Policies: [],
  });
  const tagsOf = (ref: string): Readonly<Record<string, string>> | undefined => (ref === caller ? tags.caller : tags.target);
  return {
    ...input,
    identities: input.identities.map((identity) =>
      tagsOf(identity.ref) === undefined ? identity : { ...identity, attributes: { ...identity.attributes, tags: tagsOf(identity.ref) } },
    ),
  };
}

/** What the graph and a single request say of assuming the role; they must agree. */
function assumes(input: GraphInput): string {
  const graph = buildGraph(input);
  const [from, to] = [graph.indexByKey.get(`identity:${caller}`)!, graph.indexByKey.get(`identity:${target}`)!];
  const hops = graph.edges.filter((edge) => edge.to === to && (edge.kind === "CAN_ASSUME" || edge.kind === "CONTAINS"));
  const direct = hops.filter(
    (edge) => edge.from === from || graph.edges.some((up) => up.from === from && up.to === edge.from && up.kind === "CAN_ASSUME"),
  );
  const conditional = direct.every(
    (edge) => edge.conditional || graph.edges.some((up) => up.from === from && up.to === edge.from && up.conditional),
  );
  const shown = direct.length === 0 ? "no" : conditional ? "conditional" : "allowed";
  const { decision } = can(input, { principal: caller, action: "sts:AssumeRole", resource: target });
  expect(shown).toBe(decision === "allowed" || decision === "conditional" ? decision : "no");
  return shown;
}

const trustBlue = { Condition: { StringEquals: { "aws:PrincipalTag/team": "blue" } } };
const aboutBlue = { StringEquals: { "aws:ResourceTag/team": "blue" } };
const sameTeam = { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } };
const assume = [allow("sts:AssumeRole")];

describe("tags of who asks", () => {
  it.each<[string, string, Tagged]>([
    ["the tag asked for", "allowed", { caller: { Team: "blue" } }],
    ["another value", "no", { caller: { Team: "red" } }],
    ["no tags", "no", { caller: {} }],
    ["tags that are not known", "conditional", {}],
    ["a value that was removed", "conditional", { caller: { team: "[removed: looks like a secret]" } }],
  ])("%s", (_name, answer, tags) => {
    expect(assumes(account(assume, tags, trustBlue))).toBe(answer);
  });
  it("are no obstacle to whoever may change them", () => {
    expect(assumes(account([allow(["sts:AssumeRole", "iam:TagUser"])], { caller: { team: "red" } }, trustBlue))).toBe("conditional");
  });
});

describe("tags of a role that asks", () => {
  const build = iam("role/build");
  const asked = (trusts: string | string[]): string => {
    const input = account([], {}, trustBlue);
    const own = awsInventory({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          Arn: build,
          AssumeRolePolicyDocument: document({ Effect: "Allow", Principal: { AWS: iam("root") }, Action: trusts }),
          RolePolicyList: [{ PolicyName: "own", PolicyDocument: document(...assume) }],
        },
      ],
      Policies: [],
    });
    const identities = own.identities.map((identity) => ({ ...identity, attributes: { tags: { team: "red" } } }));
    const whole = {
      ...input,
      identities: [...input.identities, ...identities],
      resources: [...input.resources, ...own.resources],
      grants: [...input.grants, ...own.grants],
    };
    return can(whole, { principal: build, action: "sts:AssumeRole", resource: target }).decision;
  };
  it("are those of its sessions, unless these may bring others", () => {
    expect(asked("sts:AssumeRole")).toBe("implicitly_denied");
    expect(asked(["sts:AssumeRole", "sts:TagSession"])).toBe("conditional");
  });
});

describe("tags of what it is about", () => {
  it.each<[string, string, Tagged]>([
    ["the tag asked for", "allowed", { target: { team: "blue" } }],
    ["another value", "no", { target: { team: "red" } }],
    ["no tags", "no", { target: {} }],
    ["tags that are not known", "conditional", {}],
  ])("%s", (_name, answer, tags) => {
    expect(assumes(account([allow("sts:AssumeRole", aboutBlue)], tags))).toBe(answer);
  });
  it("are compared with those of who asks", () => {
    const by = (team: string): string =>
      assumes(account([allow("sts:AssumeRole", sameTeam)], { caller: { team }, target: { team: "blue" } }));
    expect([by("blue"), by("red")]).toEqual(["allowed", "no"]);
  });
  it("are no obstacle to whoever may change them", () => {
    expect(assumes(account([allow("sts:AssumeRole", aboutBlue), allow("iam:TagRole")], { target: { team: "red" } }))).toBe("conditional");
  });
  it("say nothing reliable of who may be passed", () => {
    const input = account([allow("iam:PassRole", aboutBlue)], { target: { team: "red" } });
    expect(can(input, { principal: caller, action: "iam:PassRole", resource: target }).decision).toBe("conditional");
    const passes = account(
      [allow("iam:PassRole", aboutBlue), allow(["lambda:CreateFunction", "lambda:InvokeFunction"])],
      { target: { team: "red" } },
      { Principal: { Service: "lambda.amazonaws.com" } },
    );
    expect(buildGraph(passes).edges.filter(({ why }) => why.technique === "lambda-001")).toMatchObject([{ conditional: true }]);
  });
});
