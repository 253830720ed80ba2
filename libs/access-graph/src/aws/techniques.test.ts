import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { ownEscalations } from "../reach/own-grants.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { awsGrant, awsInventory } from "../testing/aws-account.ts";
import { allow, deny, escalationGraph as world, iamArn as arn, techniquesOfCaller, trustIn as trust } from "../testing/escalation-world.ts";
import type { EscalationWorld as World, Statement } from "../testing/escalation-world.ts";
import { aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph, GraphInput } from "../types.ts";
import { takeOverTechniques } from "./take-over-techniques.ts";
import { modelledTechniques, proxyTechniques, selfTechniques } from "./techniques.ts";

const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }];
const techniquesOf = (graph: AccessGraph, as: "user" | "role" = "user"): string[] => techniquesOfCaller(graph, { as, conditional: false });
const conditionalOf = (graph: AccessGraph): string[] => techniquesOfCaller(graph, { conditional: true });

describe("take-over techniques", () => {
  for (const technique of takeOverTechniques) {
    const actions = [...technique.onTarget, ...technique.onAnything];
    const service = technique.target.startsWith("service:") ? technique.target.slice("service:".length) : undefined;
    const issuer = technique.target.startsWith("federated:") ? technique.target.slice("federated:".length) : undefined;
    const targetTrust = issuer === undefined ? undefined : trust({ Federated: issuer }, "sts:AssumeRoleWithWebIdentity");
    const uncertain = technique.needs !== undefined || technique.target.startsWith("usersWith");
    it(`${technique.id} gives an edge with exactly its permissions, ${uncertain ? "conditional on what the export cannot show" : "unconditionally"}`, () => {
      const graph = world({ statements: [allow(actions)], service, targetTrust });
      const [certain, conditional] = [techniquesOf(graph), conditionalOf(graph)];
      if (uncertain && technique.needs !== undefined) expect(conditional).toContain(technique.id);
      else if (!uncertain) expect(certain).toContain(technique.id);
      const radius = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn("user/caller")}`)!);
      expect(uncertain ? radius.tierZeroMax : radius.tierZeroMin).toBe(true);
    });
    it(`${technique.id} gives none when one permission is denied or missing`, () => {
      for (const action of actions) {
        for (const statements of [[allow(actions), deny(action)], [allow(actions.filter((each) => each !== action))]]) {
          const graph = world({ statements, service, targetTrust });
          expect([...techniquesOf(graph), ...conditionalOf(graph)]).not.toContain(technique.id);
        }
      }
    });
    if (service !== undefined) {
      it(`${technique.id} gives none for roles that trust another service, or when PassRole is for another service`, () => {
        expect([
          ...techniquesOf(world({ statements: [allow(actions)], service: "other.amazonaws.com" })),
          ...conditionalOf(world({ statements: [allow(actions)], service: "other.amazonaws.com" })),
        ]).not.toContain(technique.id);
        if (!technique.onTarget.includes("iam:PassRole")) return;
        const pass = { ...allow(["iam:PassRole"]), Condition: { StringEquals: { "iam:PassedToService": "other.amazonaws.com" } } };
        const graph = world({ statements: [pass, allow(technique.onAnything)], service });
        expect([...techniquesOf(graph), ...conditionalOf(graph)]).not.toContain(technique.id);
      });
    }
  }
});

describe("self-escalation techniques", () => {
  for (const technique of selfTechniques) {
    const as = technique.principal === "role" ? "role" : "user";
    const other = as === "role" ? "user" : "role";
    const target = {
      self: arn(`${as}/caller`),
      ownGroup: arn("group/mine"),
      ownPolicy: arn("policy/shared"),
      anyGroup: arn("group/admins"),
    }[technique.on];
    it(`${technique.id} reaches the account with the permission on exactly the right target`, () => {
      const graph = world({ statements: [allow([technique.action], target)], as });
      expect(techniquesOf(graph, as)).toContain(technique.id);
      expect(blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn(`${as}/caller`)}`)!).tierZeroMin).toBe(true);
    });
    it(`${technique.id} gives nothing on another target, for another kind of principal, or against a deny`, () => {
      expect(techniquesOf(world({ statements: [allow([technique.action], `${target}-other`)], as }), as)).not.toContain(technique.id);
      if (technique.principal !== "any")
        expect(techniquesOf(world({ statements: [allow([technique.action], "*")], as: other }), other)).not.toContain(technique.id);
      expect(techniquesOf(world({ statements: [allow([technique.action], target), deny(technique.action)], as }), as)).not.toContain(
        technique.id,
      );
    });
    const under = (boundary: readonly Statement[], others: readonly Statement[] = []): [boolean, boolean] => {
      const graph = world({ statements: [allow([technique.action], target), ...others], as, boundary, service: "unrelated.amazonaws.com" });
      const { tierZeroMin, tierZeroMax } = blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn(`${as}/caller`)}`)!);
      return [tierZeroMin, tierZeroMax];
    };
    it(`${technique.id} gives what a permission boundary leaves`, () => {
      // Who may rewrite policies may rewrite the boundary, unless that is kept from it.
      const isFree = technique.action === "iam:CreatePolicyVersion";
      expect(under([allow([technique.action, "s3:*"])])).toEqual([isFree, isFree]);
      expect(under([allow([technique.action, "s3:*"], isFree ? target : "*")])).toEqual([false, false]);
      expect(under([allow(["*"])])).toEqual([true, true]);
      // A boundary that lets its holder take it off, or make somebody without one, is none.
      expect(under([allow(["iam:*"])])).toEqual([true, true]);
      expect(under([allow(["iam:*"]), deny("iam:Delete*")])).toEqual([true, true]);
    });
    it(`${technique.id} gives what denies elsewhere leave, unless they can be taken off`, () => {
      // Managed policies are in force beside the change; one that nothing keeps from being detached forbids nothing for long.
      const guard = { Effect: "Deny", NotAction: [technique.action, "s3:*"], Resource: "*" };
      const guarded = (input: GraphInput): GraphInput => ({
        ...input,
        resources: [
          ...input.resources,
          aResource(arn("policy/guard"), { kind: "policy", attributes: { document: { Statement: [guard] } } }),
        ],
        grants: [...input.grants, awsGrant("attached_policy", arn(`${as}/caller`), arn("policy/guard"))],
      });
      const graph = world({ statements: [allow([technique.action], target)], as, service: "unrelated.amazonaws.com", also: guarded });
      // Who may rewrite policies may rewrite the guard.
      const isFree = technique.action === "iam:CreatePolicyVersion";
      expect(blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn(`${as}/caller`)}`)!).tierZeroMax).toBe(isFree);
      guard.NotAction.push("iam:Detach*");
      const free = world({ statements: [allow([technique.action], target)], as, service: "unrelated.amazonaws.com", also: guarded });
      expect(blastRadiusOfAll(free).at(free.indexByKey.get(`identity:${arn(`${as}/caller`)}`)!).tierZeroMin).toBe(true);
    });
  }
});

describe("proxy techniques", () => {
  for (const technique of proxyTechniques) {
    const target = arn(technique.target === "usersWithKeyRoom" ? "user/admin" : "role/target");
    const actions = [...technique.onTarget, ...(technique.onItsPolicy === null ? [] : [technique.onItsPolicy])];
    const targetTrust = technique.mustBeAssumable ? trust({ AWS: arn("user/caller") }) : undefined;
    // The administrator user carries no customer policy; techniques on users need none.
    const statements = [
      allow(technique.onTarget.length === 0 ? ["s3:ListAllMyBuckets"] : technique.onTarget, target),
      ...(technique.onItsPolicy === null ? [] : [allow([technique.onItsPolicy], arn("policy/*"))]),
    ];
    it(`${technique.id} reaches the account through a target it may both change and become`, () => {
      expect(techniquesOf(world({ statements, targetTrust }))).toContain(technique.id);
    });
    it(`${technique.id} gives none when a permission is denied${technique.mustBeAssumable ? " or the target does not let the caller in" : ""}`, () => {
      for (const action of actions)
        expect(techniquesOf(world({ statements: [...statements, deny(action)], targetTrust }))).not.toContain(technique.id);
      if (technique.mustBeAssumable) expect(techniquesOf(world({ statements }))).not.toContain(technique.id);
    });
  }
});

describe("sts-001", () => {
  const both = allow(["sts:AssumeRole"], arn("role/target"));
  const toAccount = trust({ AWS: arn("root") });
  const cases: readonly [name: string, world: World, expected: "yes" | "conditional" | "no"][] = [
    ["identity policy and account trust", { statements: [both], targetTrust: toAccount }, "yes"],
    ["wildcard identity policy and account trust", { statements: [allow(["sts:*"])], targetTrust: toAccount }, "yes"],
    ["account trust alone", { statements: [], targetTrust: toAccount }, "no"],
    ["trust that names the principal", { statements: [], targetTrust: trust({ AWS: arn("user/caller") }) }, "yes"],
    ["trust that names someone else", { statements: [both], targetTrust: trust({ AWS: arn("user/else") }) }, "no"],
    ["an explicit deny", { statements: [both, deny("sts:AssumeRole")], targetTrust: trust({ AWS: arn("user/caller") }) }, "no"],
    [
      "a trust condition",
      {
        statements: [both],
        targetTrust: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: arn("root") },
              Action: "sts:AssumeRole",
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            },
          ],
        },
      },
      "conditional",
    ],
    ["a boundary that does not allow it", { statements: [both], targetTrust: toAccount, boundary: [allow(["s3:*"])] }, "no"],
    ["a boundary that allows it", { statements: [both], targetTrust: toAccount, boundary: [allow(["sts:*"])] }, "yes"],
    [
      "a conditional deny",
      { statements: [both, { ...deny("sts:*"), Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } }], targetTrust: toAccount },
      "conditional",
    ],
  ];
  for (const [name, input, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      const graph = world(input);
      expect(techniquesOf(graph).includes("sts-001") ? "yes" : conditionalOf(graph).includes("sts-001") ? "conditional" : "no").toBe(
        expected,
      );
    });
  }

  it("lets strangers in as external nodes, and everyone where the trust says everyone", () => {
    const graph = world({ statements: [], targetTrust: trust("*") });
    const target = graph.indexByKey.get(`identity:${arn("role/target")}`)!;
    const outside = graph.edges
      .filter((edge) => edge.to === target && graph.nodes[edge.from]!.kind === "external")
      .map((edge) => graph.nodes[edge.from]!.key);
    expect(outside).toEqual(["external:aws:anyone"]);
    expect(blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn("user/caller")}`)!).tierZeroMin).toBe(true);
  });
});

describe("the catalogue", () => {
  it("names each technique once and is sorted", () => {
    expect(new Set(modelledTechniques).size).toBe(modelledTechniques.length);
    expect([...modelledTechniques].sort()).toEqual(modelledTechniques);
  });

  it("counts a caller's own escalations, not those of roles it may assume", () => {
    const graph = world({ statements: [allow(["sts:AssumeRole"], arn("role/target"))], targetTrust: trust({ AWS: arn("root") }) });
    expect(ownEscalations(graph, graph.indexByKey.get(`identity:${arn("user/caller")}`)!)).toEqual([]);
  });
});

describe("service-linked roles", () => {
  it("can be neither passed nor rewritten", () => {
    const linked = arn("role/aws-service-role/lambda.amazonaws.com/Linked");
    const graph = buildGraph(
      awsInventory({
        UserDetailList: [
          {
            Arn: arn("user/caller"),
            UserPolicyList: [
              { PolicyName: "p", PolicyDocument: { Statement: [allow(["iam:PassRole", "iam:UpdateAssumeRolePolicy", "lambda:*"])] } },
            ],
          },
        ],
        GroupDetailList: [],
        Policies: [],
        RoleDetailList: [{ Arn: linked, AssumeRolePolicyDocument: trust({ Service: "lambda.amazonaws.com" }) }],
      }),
    );
    expect(blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn("user/caller")}`)!).identitiesMax).toBe(0);
  });
});

describe("gaps", () => {
  it("of a policy without a document are attached to every principal that uses it", () => {
    const input: GraphInput = awsInventory({
      UserDetailList: [{ Arn: arn("user/caller"), GroupList: ["g"] }],
      GroupDetailList: [
        { Arn: arn("group/g"), GroupName: "g", AttachedManagedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/Unknown" }] },
      ],
      RoleDetailList: [],
      Policies: [],
    });
    const graph = buildGraph(input);
    expect(graph.gaps).toEqual([
      {
        ref: arn("user/caller"),
        what: "policy_document_missing",
        detail: "arn:aws:iam::aws:policy/Unknown is in force, but its document is not known",
      },
    ]);
    expect(blastRadiusOfAll(graph).at(graph.indexByKey.get(`identity:${arn("user/caller")}`)!).atLeast).toBe(true);
  });

  it("of a boundary without a document leave nothing certain", () => {
    const input = awsInventory({
      UserDetailList: [{ Arn: arn("user/caller"), UserPolicyList: [{ PolicyName: "p", PolicyDocument: { Statement: everything } }] }],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    });
    const bounded = {
      ...input,
      resources: [...input.resources, aResource(arn("policy/b"), { kind: "policy" })],
      grants: [...input.grants, awsGrant("boundary", arn("user/caller"), arn("policy/b"))],
    };
    const row = blastRadiusOfAll(buildGraph(bounded)).at(buildGraph(bounded).indexByKey.get(`identity:${arn("user/caller")}`)!);
    expect([row.tierZeroMin, row.tierZeroMax]).toEqual([false, true]);
  });
});
