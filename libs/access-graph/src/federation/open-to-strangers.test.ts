import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { awsInventory } from "../testing/aws-account.ts";

const role = "arn:aws:iam::111122223333:role/deploy";
const github = "token.actions.githubusercontent.com";
const provider = (issuer: string) => ({ Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` });
const statement = (
  Effect: "Allow" | "Deny",
  conditions: Readonly<Record<string, unknown>> = {},
  Principal: unknown = provider(github),
) => ({
  Sid: `${Effect}It`,
  Effect,
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal,
  Condition: conditions,
});
const sub = (operator: string, ...values: string[]) => ({ [operator]: { [`${github}:sub`]: values } });
const allow = (...args: Parameters<typeof sub>) => statement("Allow", sub(...args));
const deny = (...args: Parameters<typeof sub>) => statement("Deny", sub(...args));

/** Who from outside gets in; `?` = under a condition. */
function strangers(statements: readonly unknown[]): string[] {
  const graph = buildGraph(
    awsInventory({
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
      RoleDetailList: [{ Arn: role, AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: statements } }],
    }),
  );
  return graph.edges
    .filter((edge) => edge.to === graph.indexByKey.get(`identity:${role}`) && graph.nodes[edge.from]!.kind === "external")
    .map((edge) => `${graph.nodes[edge.from]!.key.replace(`external:oidc:${github}:`, "")}${edge.conditional ? "?" : ""}`);
}

describe("strangers with a token of a shared issuer", () => {
  it.each<[string, readonly unknown[], readonly string[]]>([
    ["anybody, where nothing is said of the subject", [statement("Allow")], ["*"]],
    ["whom a pattern fits", [allow("StringLike", "repo:acme/*")], ["repo:acme/*"]],
    ["whom a pattern fits if there is a subject, which there always is", [allow("StringLikeIfExists", "repo:acme/*")], ["repo:acme/*"]],
    [
      "whom each of their one subjects fits",
      [allow("ForAllValues:StringEquals", "repo:acme/a:ref:refs/heads/main")],
      ["repo:acme/a:ref:refs/heads/main"],
    ],
    ["anybody but some", [allow("StringNotLike", "repo:acme/*")], ["*"]],
    ["nobody, where all are shut out", [allow("StringNotLike", "*")], []],
    ["nobody of whom every subject is denied", [allow("StringLike", "repo:acme/*"), deny("StringLike", "repo:acme*")], []],
    ["whom a deny does not speak of", [allow("StringLike", "repo:acme/*"), deny("StringLike", "repo:evil/*")], ["repo:acme/*"]],
    [
      "those who have another subject to choose",
      [allow("StringLike", "repo:acme/*"), deny("StringLike", "repo:acme/old:*")],
      ["repo:acme/*"],
    ],
    [
      "perhaps those of whom two denies leave something",
      [allow("StringLike", "repo:acme/*"), deny("StringLike", "repo:acme/[a-m]*"), deny("StringLike", "repo:acme/n*")],
      ["repo:acme/*?"],
    ],
    ["whom a deny of all others leaves", [statement("Allow"), deny("StringNotLike", "repo:acme/*")], ["repo:acme/*"]],
    [
      "perhaps those of whom a deny of all others, which is narrower elsewhere, leaves something",
      [allow("StringLike", "repo:*/shop:*"), deny("StringNotLike", "repo:acme/*")],
      ["repo:*/shop:*?"],
    ],
    [
      "those whom denies leave that say the same in many ways",
      [
        statement("Allow"),
        ...Array.from({ length: 12 }, () =>
          deny("StringNotLike", ...Array.from({ length: 12 }, (_, at) => `repo:acme/${"*".repeat(at + 1)}`)),
        ),
      ],
      Array.from({ length: 12 }, (_, at) => `repo:acme/${"*".repeat(at + 1)}`),
    ],
    ["nobody whom a deny of all others leaves out", [allow("StringLike", "repo:evil/*"), deny("StringNotLike", "repo:acme/*")], []],
    [
      "whom a deny of other principals does not meet",
      [statement("Allow"), statement("Deny", {}, { AWS: "arn:aws:iam::111122223333:user/x" })],
      ["*"],
    ],
    ["nobody, where everybody is denied", [statement("Allow"), statement("Deny", {}, "*")], []],
    ["perhaps those of another claim", [statement("Allow", { StringEquals: { [`${github}:repository_owner`]: "acme" } })], ["*?"]],
    [
      "perhaps those whom a deny on another claim does not meet",
      [statement("Allow"), statement("Deny", { StringEquals: { [`${github}:actor`]: "mallory" } })],
      ["*?"],
    ],
    [
      "whatever the audience, which they ask for",
      [statement("Allow", { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } })],
      ["*"],
    ],
  ])("%s", (_, statements, expected) => expect(strangers(statements)).toEqual(expected));
});
