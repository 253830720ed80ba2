import { describe, expect, it } from "vitest";
import type { Observation } from "@rollcall/nhi-model";
import type { ImportFile, ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../../testing/index.ts";
import { textFile } from "../../testing/fixture-file.ts";
import { kubernetesConnector } from "../connector.ts";

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const access = fixtureFile(new URL("../fixtures/", import.meta.url), "eks-access.json");
const authMap = (data: Readonly<Record<string, unknown>>, name = "blue.json") =>
  textFile(
    name,
    JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "aws-auth", namespace: "kube-system", uid: "u" }, data }),
  );
const parse = (...files: readonly ImportFile[]): readonly ParsedImport[] => {
  for (const file of files) expect(kubernetesConnector.recognise(file)).toBe(true);
  return kubernetesConnector.parse(files, { ...conformanceOptions, accountHint: null });
};
const only = (...files: readonly ImportFile[]): ParsedImport => {
  const imports = parse(...files);
  expect(imports).toHaveLength(1);
  return imports[0] as ParsedImport;
};
const grants = (parsed: ParsedImport): string[] =>
  [...parsed.observations]
    .map(({ observation }) => observation)
    .filter((each): each is Extract<Observation, { kind: "grant" }> => each.kind === "grant")
    .map(({ from, grantKind, to, attributes }) =>
      [from.replace(/^arn:aws:iam::\d+:/, ""), grantKind, to.replace("k8s:blue/_/", ""), attributes["username"] ?? attributes["namespace"]]
        .filter(Boolean)
        .join(" "),
    );

describe("access entries of EKS", () => {
  it("become what the principal is in the cluster that they name", () => {
    const parsed = only(access);
    expect(parsed.account).toBe("blue");
    expect(grants(parsed)).toEqual([
      "role/adm role_binding AccessPolicy/AmazonEKSClusterAdminPolicy",
      "role/breakglass group_member Group/shop:deployers",
      "role/breakglass signs_in_as Cluster/blue arn:aws:sts::111122223333:assumed-role/breakglass/{{SessionName}}",
      "role/dev role_binding AccessPolicy/AmazonEKSEditPolicy shop-*",
      "role/dev signs_in_as Cluster/blue arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}",
    ]);
    expect(parsed.reports.find(({ scope }) => scope.dataset === "cloud_access")).toMatchObject({
      outcome: "partial",
      note: "Answers about single entries do not show that there are no others.",
    });
  });
  it("may stand in a list or one after the other", () => {
    const answers = JSON.parse(new TextDecoder().decode(access.bytes)) as readonly unknown[];
    const loop = textFile("answers.json", answers.map((answer) => JSON.stringify(answer, null, 2)).join("\n"));
    expect(grants(only(loop))).toEqual(grants(only(access)));
  });
  it("of nodes need no group", () => {
    const entry = { clusterName: "blue", principalArn: role("node"), type: "EC2_LINUX", kubernetesGroups: [] };
    expect(grants(only(textFile("node.json", JSON.stringify({ accessEntry: entry }))))).toEqual([
      "role/node node_identity Cluster/blue",
      "role/node signs_in_as Cluster/blue",
    ]);
  });
  it("that are only listed say what else to export", () => {
    const parsed = only(textFile("blue.json", JSON.stringify({ accessEntries: [role("dev")] })));
    expect(grants(parsed)).toEqual([]);
    expect(parsed.notes.join(" ")).toContain("describe-access-entry");
  });
});

describe("the config map aws-auth", () => {
  const mapped = (entry: string, more: Readonly<Record<string, unknown>> = {}) => authMap({ mapRoles: entry, ...more });
  it("maps roles, users and accounts", () => {
    const parsed = only(
      mapped(
        `- rolearn: ${role("node")}\n  username: system:node:{{EC2PrivateDNSName}}\n  groups: [system:bootstrappers, system:nodes]\n`,
        {
          mapUsers: "- userarn: arn:aws:iam::111122223333:user/ops/kim\n  username: kim\n  groups:\n  - system:masters\n",
          mapAccounts: '- "444455556666"\n',
        },
      ),
    );
    expect(grants(parsed)).toEqual([
      "role/node group_member Group/system:bootstrappers",
      "role/node group_member Group/system:nodes",
      "role/node node_identity Cluster/blue",
      "role/node signs_in_as Cluster/blue system:node:{{EC2PrivateDNSName}}",
      "user/ops/kim group_member Group/system:masters",
      "user/ops/kim signs_in_as Cluster/blue kim",
      "aws:account:444455556666 account_signs_in Cluster/blue",
    ]);
  });
  it.each([
    ["a role with its path, which no session shows", mapped(`- {rolearn: "${role("team/dev")}", groups: [system:masters]}`)],
    ["a role that has an access entry", mapped(`- {rolearn: "${role("dev")}", groups: [system:masters]}`)],
    ["somebody who is no principal", mapped("- {rolearn: dev, groups: [system:masters]}")],
    ["text that is no list", mapped("{{")],
  ])("lets nobody in as %s", (_, file) => {
    expect(grants(only(file, access)).filter((grant) => grant.includes("masters"))).toEqual([]);
  });
  it("is not looked at where the cluster takes access entries only", () => {
    const cluster = (authenticationMode: string) =>
      textFile(
        "cluster.json",
        JSON.stringify({
          cluster: {
            name: "blue",
            arn: "arn:aws:eks:eu-west-1:111122223333:cluster/blue",
            identity: { oidc: { issuer: "https://oidc.eks.example/id/A" } },
            accessConfig: { authenticationMode },
          },
        }),
      );
    const file = mapped(`- {rolearn: "${role("x")}", groups: [system:masters]}`);
    expect(grants(only(file, cluster("API")))).toEqual([]);
    expect(grants(only(file, cluster("API_AND_CONFIG_MAP")))).toHaveLength(2);
    const [described] = [...only(file, cluster("API")).observations].map(({ observation }) => observation);
    expect(described).toMatchObject({ attributes: { issuer: "https://oidc.eks.example/id/A", controlPlane: "managed" } });
  });
});

describe("which cluster it is about", () => {
  const entry = (clusterName: string, name: string) =>
    textFile(name, JSON.stringify({ accessEntry: { clusterName, principalArn: role("dev"), kubernetesGroups: ["g"] } }));
  const listing = (name: string) => textFile(name, JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name: "x" } }));
  it.each([
    ["the one that files without a name are about", ["rbac.json"], ["shop"], ["shop"]],
    ["the one of that name", ["shop.json", "blue.json"], ["shop"], ["blue", "shop"]],
    [
      "the one whose context ends so",
      ["arn-aws-eks-eu-1-cluster-shop.json", "blue.json"],
      ["shop"],
      ["arn-aws-eks-eu-1-cluster-shop", "blue"],
    ],
    ["the only one", ["prod-eu.json"], ["shop"], ["prod-eu"]],
    ["one of its own, beside several", ["prod-eu.json", "prod-us.json"], ["shop"], ["prod-eu", "prod-us", "shop"]],
    ["one each", ["prod-eu.json"], ["shop", "blue"], ["blue", "prod-eu", "shop"]],
    ["the only named one, for files without a name", ["prod-eu.json", "rbac.json"], [], ["prod-eu"]],
  ])("is %s", (_, listings, entries, clusters) => {
    const files = [...listings.map(listing), ...entries.map((name, index) => entry(name, `entry-${index}.json`))];
    expect(parse(...files).map(({ account }) => account)).toEqual(clusters);
  });
});
