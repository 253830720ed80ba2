import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { stateWithout, statementGround } from "../ways.ts";
import { awsInventory } from "../testing/aws-account.ts";
import { anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";
import type { AccessGraph, GraphEdge } from "../types.ts";

const arn = "arn:aws:iam::111122223333:role/deploy";
const github = "token.actions.githubusercontent.com";
const claim = (operator: string, name: string, ...values: string[]) => ({ [operator]: { [`${github}:${name}`]: values } });
const statement = (conditions: Readonly<Record<string, unknown>>, Sid = "Ci") => ({
  Sid,
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${github}` },
  Condition: conditions,
});

interface Token {
  readonly claims: Readonly<Record<string, string>>;
  readonly open?: readonly string[];
  readonly except?: Readonly<Record<string, readonly string[]>>;
  readonly issuer?: string;
  readonly filters?: readonly string[];
}
const workflow = "github:acme/app/workflow/deploy.yml";
const graphOf = (statements: readonly unknown[] | null, attributes: Readonly<Record<string, unknown>>): AccessGraph => {
  const aws =
    statements === null
      ? anInput({})
      : awsInventory({
          UserDetailList: [],
          GroupDetailList: [],
          Policies: [],
          RoleDetailList: [{ Arn: arn, AssumeRolePolicyDocument: { Statement: statements } }],
        });
  return buildGraph({ ...aws, identities: [...aws.identities, anIdentity(workflow, { kind: "ci_pipeline", attributes })] });
};
const edgeOf = (graph: AccessGraph): GraphEdge | undefined =>
  graph.edges.find((edge) => edge.from === graph.indexByKey.get(`identity:${workflow}`) && edge.kind === "FEDERATES_TO");
/** `T`, the open conditions, or null without an edge. */
const signIn = (statements: readonly unknown[] | null, tokens: readonly Token[]): string | null => {
  const edge = edgeOf(graphOf(statements, { oidcTokens: tokens.map((token) => ({ issuer: `https://${github}`, ...token })) }));
  return edge === undefined ? null : edge.conditional ? edge.why.conditions.join(" and ") : "T";
};
const main: Token = {
  claims: {
    sub: "repo:acme/app:ref:refs/heads/main",
    repository: "acme/app",
    job_workflow_ref: "acme/ci/.github/workflows/aws.yml@refs/heads/main",
  },
};
const anyBranch: Token = { claims: { sub: "repo:acme/app:ref:refs/heads/*" } };
const someBranch: Token = { ...anyBranch, open: ["sub"] };
const notMain: Token = { ...anyBranch, except: { sub: ["repo:acme/app:ref:refs/heads/main"] } };
const production: Token = { claims: { sub: "repo:acme/app:environment:production", environment: "production" } };

const branches = (pattern: string, ...except: string[]): Token => ({
  claims: { sub: `repo:acme/app:ref:refs/heads/${pattern}` },
  except: { sub: except.map((each) => `repo:acme/app:ref:refs/heads/${each}`) },
  filters: ["sub"],
});
const toBranch = (name: string, operator = "StringEquals") => claim(operator, "sub", `repo:acme/app:ref:refs/heads/${name}`);

describe("a token of a workflow with a filter of branches", () => {
  it.each([
    ["a branch below", toBranch("releases/1"), branches("releases/*"), "T"],
    ["a branch further below", toBranch("releases/1/fix"), branches("releases/*"), null],
    ["any branch further below", toBranch("releases/1/*", "StringLike"), branches("releases/*"), null],
    ["a branch of any depth", toBranch("releases/1/fix"), branches("releases/**"), "T"],
    ["a version by its digits", toBranch("v1.10"), branches("v[12].[0-9]+"), "T"],
    ["a version of others", toBranch("v3.1"), branches("v[12].[0-9]+"), null],
    ["a branch that the filter keeps out", toBranch("x/1"), branches("**", "x/*"), null],
    ["branches that the filter keeps out", toBranch("x/1*", "StringLike"), branches("**", "x/**"), null],
    ["a branch beside those that are kept out", toBranch("x/1/2"), branches("**", "x/*"), "T"],
    ["branches that are none of its own", toBranch("x/*", "StringNotLike"), branches("y/*"), "T"],
    ["no branch of its own", toBranch("releases/*", "StringNotLike"), branches("releases/*"), null],
  ])("and a role that trusts %s", (_, condition, token, expected) => {
    expect(signIn([statement(condition)], [token])).toBe(expected);
  });
});

describe("a workflow's token", () => {
  it.each([
    ["its very branch", [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main")], [main], "T"],
    ["another branch", [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/dev")], [main], null],
    ["one of several branches", [claim("StringEquals", "sub", "x", "repo:acme/app:ref:refs/heads/main")], [main], "T"],
    ["its repository", [claim("StringLike", "sub", "repo:acme/app:*")], [main], "T"],
    ["another repository", [claim("StringLike", "sub", "repo:acme/app2:*")], [main], null],
    ["an owner of a similar name", [claim("StringLike", "sub", "repo:acme-corp/*")], [main], null],
    ["a pattern that is taken literally", [claim("StringEquals", "sub", "repo:acme/app:*")], [main], null],
    ["its environment", [claim("StringEquals", "sub", "repo:acme/app:environment:production")], [main, production], "T"],
    ["an environment it does not use", [claim("StringEquals", "sub", "repo:acme/app:environment:production")], [main], null],
    ["everyone", [{}], [main], "T"],
    ["its reusable workflow", [claim("StringLike", "job_workflow_ref", "acme/ci/.github/workflows/aws.yml@*")], [main], "T"],
    ["another reusable workflow", [claim("StringLike", "job_workflow_ref", "acme/ci/.github/workflows/gcp.yml@*")], [main], null],
    ["a branch it can be started on", [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main")], [anyBranch], "T"],
    ["tags, of which it has none", [claim("StringLike", "sub", "repo:acme/app:ref:refs/tags/*")], [anyBranch], null],
    [
      "a branch that may be its own",
      [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main")],
      [someBranch],
      `StringEquals ${github}:sub repo:acme/app:ref:refs/heads/main`,
    ],
    ["whatever branch it is", [claim("StringLike", "sub", "repo:acme/app:*")], [someBranch], "T"],
    ["a branch in whatever case", [claim("StringEqualsIgnoreCase", "sub", "repo:Acme/App:ref:refs/heads/main")], [anyBranch], "T"],
    ["a branch that it keeps out", [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main")], [notMain], null],
    ["a branch beside the one it keeps out", [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/dev")], [notMain], "T"],
    ["all but a branch", [claim("StringNotEquals", "sub", "repo:acme/app:ref:refs/heads/main")], [anyBranch], "T"],
    ["all but its repository, on any branch", [claim("StringNotLike", "sub", "repo:acme/app:*")], [anyBranch], null],
    ["a claim it does not state", [claim("StringEquals", "actor", "jo")], [main], `StringEquals ${github}:actor jo`],
    ["all but its repository", [claim("StringNotLike", "sub", "repo:acme/app:*")], [main], null],
    [
      "its branch at another issuer",
      [claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main")],
      [{ ...main, issuer: "https://gitlab.com" }],
      null,
    ],
    [
      "its branch and address",
      [{ ...claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main"), IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }],
      [main],
      "IpAddress aws:SourceIp 10.0.0.0/8",
    ],
  ] as const)("with a role that trusts %s", (_, conditions, tokens, expected) => {
    expect(
      signIn(
        conditions.map((each) => statement(each)),
        tokens,
      ),
    ).toBe(expected);
  });

  it("meets the denies of the trust, as far as they are about its claims", () => {
    const allow = statement(claim("StringLike", "sub", "repo:acme/*"));
    const deny = (conditions: Readonly<Record<string, unknown>>) => [allow, { ...statement(conditions, "Not"), Effect: "Deny" }];
    const branch = (name: string) => claim("StringEquals", "sub", `repo:acme/app:ref:refs/heads/${name}`);
    expect(signIn(deny(branch("main")), [main])).toBeNull();
    expect(signIn(deny(branch("dev")), [main])).toBe("T");
    expect(signIn(deny(branch("main")), [anyBranch])).toBe("Not does not deny it");
    expect(signIn(deny({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }), [main])).toBe("Not does not deny it");
  });

  it("rests on every statement that lets it in", () => {
    const sub = claim("StringEquals", "sub", "repo:acme/app:ref:refs/heads/main");
    const graph = graphOf([statement(sub, "One"), statement(claim("StringLike", "sub", "repo:acme/*"), "Two")], {
      oidcTokens: [{ issuer: github, ...main }],
    });
    const edge = edgeOf(graph)!;
    expect(edge.why.facts).toEqual([
      { ref: workflow, detail: `gets tokens of ${github} for repo:acme/app:ref:refs/heads/main` },
      { ref: arn, detail: "trust policy One accepts them" },
    ]);
    const [one, two] = [statementGround(arn, "One"), statementGround(arn, "Two")];
    expect(stateWithout(edge, (ground) => ground === one)).toBe("certain");
    expect(stateWithout(edge, (ground) => ground === one || ground === two)).toBe("gone");
  });
});

describe("a role that a workflow names", () => {
  it("stays open while no source shows its trust, and does not count against what the trust says", () => {
    const outside = graphOf(null, { assumesRoles: [arn] });
    expect(outside.nodes[edgeOf(outside)!.to]).toMatchObject({ kind: "external", key: `external:${arn}` });
    expect(edgeOf(outside)!.why.conditions).toEqual(["the role's trust policy accepts it"]);
    const refused = [statement(claim("StringEquals", "sub", "repo:acme/other:ref:refs/heads/main"))];
    expect(edgeOf(graphOf(refused, { assumesRoles: [arn], oidcTokens: [{ issuer: github, ...main }] }))).toBeUndefined();
  });
});

describe("an application with federated credentials", () => {
  const subject = "repo:acme/app:ref:refs/heads/main";
  it.each([
    [[{ issuer: `https://${github}`, subject }], main, "T"],
    [[{ issuer: `https://${github}`, subject }], someBranch, `its subject is ${subject}`],
    [[{ issuer: `https://${github}`, subject: "repo:acme/app:ref:refs/heads/dev" }], main, null],
    [[{ issuer: "https://gitlab.com", subject }], main, null],
  ] as const)("%j", (federatedCredentials, token, expected) => {
    const graph = buildGraph(
      anInput({
        identities: [
          anIdentity(workflow, { attributes: { oidcTokens: [{ issuer: github, ...token }] } }),
          anIdentity("entra:app/deploy", { provider: "azure", attributes: { federatedCredentials } }),
        ],
      }),
    );
    const edge = edgeOf(graph);
    expect(edge === undefined ? null : edge.conditional ? edge.why.conditions.join() : "T").toBe(expected);
  });
});

describe("a repository", () => {
  it("whose any branch is trusted gives the role to whoever may write to it", () => {
    const repository = aResource("github:acme/app", {
      kind: "repository",
      attributes: { oidcTokens: [{ issuer: github, claims: { sub: "repo:acme/app:ref:refs/heads/any-new-branch" } }] },
    });
    const trusting = (pattern: string) => {
      const aws = awsInventory({
        UserDetailList: [],
        GroupDetailList: [],
        Policies: [],
        RoleDetailList: [{ Arn: arn, AssumeRolePolicyDocument: { Statement: [statement(claim("StringLike", "sub", pattern))] } }],
      });
      const graph = buildGraph({ ...aws, resources: [...aws.resources, repository] });
      return graph.edges.some((edge) => edge.from === graph.indexByKey.get("resource:github:acme/app"));
    };
    expect(trusting("repo:acme/app:*")).toBe(true);
    expect(trusting("repo:acme/app:ref:refs/heads/main")).toBe(false);
  });
});

describe("outsiders", () => {
  it("who may start a pipeline are its way in", () => {
    const graph = graphOf(null, {
      openTo: [{ who: "anyone who opens a pull request", how: "runs proposed code", provided: "it is public" }],
    });
    expect(graph.edges.map((edge) => [graph.nodes[edge.from]!.label, edge.kind, edge.why.conditions])).toEqual([
      ["anyone who opens a pull request", "CAN_RUN_WORKFLOW", ["it is public"]],
    ]);
  });
});
