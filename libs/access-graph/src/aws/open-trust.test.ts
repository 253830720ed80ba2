import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { awsInventory } from "../testing/index.ts";

const open = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }] };
const admin = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const assumer = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }] };

const user = (account: string, name: string, policy?: object) => ({
  Path: "/",
  UserName: name,
  UserId: `AIDA${account}${name}`,
  Arn: `arn:aws:iam::${account}:user/${name}`,
  CreateDate: "2026-01-01T00:00:00Z",
  GroupList: [],
  AttachedManagedPolicies: [],
  ...(policy === undefined ? {} : { UserPolicyList: [{ PolicyName: "own", PolicyDocument: policy }] }),
});
const details = (account: string, users: readonly object[], roles: readonly object[] = []) =>
  awsInventory({ UserDetailList: users, RoleDetailList: roles, GroupDetailList: [], Policies: [], account } as never);

const openRole = {
  Path: "/",
  RoleName: "open",
  RoleId: "AROA1",
  Arn: "arn:aws:iam::111111111111:role/open",
  CreateDate: "2026-01-01T00:00:00Z",
  AssumeRolePolicyDocument: open,
  RolePolicyList: [{ PolicyName: "all", PolicyDocument: admin }],
  AttachedManagedPolicies: [],
  InstanceProfileList: [],
};

describe("a role that trusts everyone", () => {
  const here = details("111111111111", [user("111111111111", "neighbour")], [openRole]);
  const there = details("222222222222", [user("222222222222", "idle"), user("222222222222", "assumer", assumer)]);
  const graph = buildGraph({
    identities: [...here.identities, ...there.identities],
    credentials: [],
    resources: [...here.resources, ...there.resources],
    grants: [...here.grants, ...there.grants],
    asOf: "2026-11-01T00:00:00Z",
  });
  const reaches = (ref: string): boolean => blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${ref}`)!).tierZeroMin;

  it("is open to its own account without any policy of the caller", () => {
    expect(reaches("arn:aws:iam::111111111111:user/neighbour")).toBe(true);
  });

  it("is open from another account only to whom that account lets assume roles", () => {
    expect(reaches("arn:aws:iam::222222222222:user/idle")).toBe(false);
    expect(reaches("arn:aws:iam::222222222222:user/assumer")).toBe(true);
  });

  it("is open to strangers", () => {
    const role = graph.indexByKey.get("identity:arn:aws:iam::111111111111:role/open");
    const from = graph.edges.filter((edge) => edge.to === role).map((edge) => graph.nodes[edge.from]!.key);
    expect(from).toContain("external:aws:anyone");
  });
});

describe("a role that trusts everyone, made administrator by whoever may change it", () => {
  const me = "111111111111";
  const powerless = { ...openRole, RolePolicyList: [] };
  const only = (condition: object) => ({
    ...powerless,
    AssumeRolePolicyDocument: { ...open, Statement: [{ ...open.Statement[0], Condition: { StringEquals: condition } }] },
  });
  const attach = { Effect: "Allow", Action: "iam:AttachRolePolicy", Resource: openRole.Arn };
  const attacher = { Version: "2012-10-17", Statement: [attach] };
  const noEntry = { Version: "2012-10-17", Statement: [attach, { Effect: "Deny", Action: "sts:*", Resource: "*" }] };
  const becomesAdmin = (role: object, policy: object): boolean => {
    const graph = buildGraph(details(me, [user(me, "attacher", policy)], [role]));
    return blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:arn:aws:iam::${me}:user/attacher`)!).tierZeroMin;
  };

  it("needs no further permission inside its account", () => {
    expect(becomesAdmin(powerless, attacher)).toBe(true);
    expect(becomesAdmin(only({ "aws:PrincipalAccount": me }), attacher)).toBe(true);
    expect(becomesAdmin(only({ "aws:username": "attacher" }), attacher)).toBe(true);
  });

  it("is closed by a condition that keeps the caller out, and by a deny of its own", () => {
    expect(becomesAdmin(only({ "aws:PrincipalAccount": "222222222222" }), attacher)).toBe(false);
    expect(becomesAdmin(only({ "aws:username": "another" }), attacher)).toBe(false);
    expect(becomesAdmin(powerless, noEntry)).toBe(false);
  });
});
