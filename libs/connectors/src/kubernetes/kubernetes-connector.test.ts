import { describe, expect, it } from "vitest";
import type { IdentityObservation, Observation } from "@rollcall/nhi-model";
import type { ParsedImport } from "@rollcall/posture-pipeline";
import { conformanceOptions, fixtureFile } from "../testing/index.ts";
import { textFile } from "../testing/fixture-file.ts";
import { clusterNameOf } from "./cluster-name.ts";
import { kubernetesConnector } from "./connector.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const listing = fixtureFile(fixtures, "blue.json");
const secrets = { ...fixtureFile(fixtures, "secrets.yaml"), name: "blue/secrets.yaml" };
const only = (files: Parameters<typeof kubernetesConnector.parse>[0]): ParsedImport => {
  const imports = kubernetesConnector.parse(files, conformanceOptions);
  expect(imports).toHaveLength(1);
  return imports[0] as ParsedImport;
};
const all = <K extends Observation["kind"]>(parsed: ParsedImport, kind: K): Extract<Observation, { kind: K }>[] =>
  [...parsed.observations]
    .map(({ observation }) => observation)
    .filter((stated): stated is Extract<Observation, { kind: K }> => stated.kind === kind);

describe("a listing of a cluster", () => {
  const parsed = only([listing, secrets]);
  const identity = (ref: string): IdentityObservation | undefined => all(parsed, "identity").find((candidate) => candidate.ref === ref);
  const grants = all(parsed, "grant").map((grant) => `${grant.grantKind} ${grant.from} ${grant.to}`);

  it("reads service accounts with what their annotations and workloads say", () => {
    expect(identity("k8s:blue/shop/ServiceAccount/api")).toMatchObject({
      identityKind: "workload",
      name: "shop/api",
      facts: { environment: "prod", "usage.distinctWorkloads": 1, "workload.status": "running", "access.isDefaultIdentity": false },
      attributes: { irsaRoleArn: "arn:aws:iam::123456789012:role/shop-api", automountToken: false },
    });
    expect(identity("k8s:blue/shop/ServiceAccount/default")?.facts).toMatchObject({
      "access.isDefaultIdentity": true,
      "usage.distinctWorkloads": 0,
    });
    expect(all(parsed, "owner")).toEqual([
      expect.objectContaining({ identityRef: "k8s:blue/shop/ServiceAccount/api", ownerKind: "team", label: "checkout" }),
    ]);
  });
  it("grants one edge per subject, users that stand for service accounts included", () => {
    expect(grants).toContain("role_binding k8s:blue/shop/ServiceAccount/api k8s:blue/shop/Role/reader");
    expect(grants).toContain("role_binding k8s:blue/shop/ServiceAccount/default k8s:blue/shop/Role/reader");
    expect(grants).toContain("role_binding k8s:blue/_/Group/developers k8s:blue/_/ClusterRole/edit");
    const inNamespace = all(parsed, "grant").find((grant) => grant.to === "k8s:blue/_/ClusterRole/edit");
    expect(inNamespace?.attributes).toEqual({ binding: "k8s:blue/shop/RoleBinding/api-edits", namespace: "shop" });
  });
  it("knows the roles every cluster has and marks others that are missing", () => {
    const role = (name: string) =>
      all(parsed, "resource").find((resource) => resource.ref === `k8s:blue/_/ClusterRole/${name}`)?.attributes;
    expect(role("edit")).toMatchObject({ rulesSource: "well-known" });
    expect(role("system:auth-delegator")).toMatchObject({ rulesMissing: true });
    expect(role("cluster-admin")).toMatchObject({ rulesSource: "export", rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] });
  });
  it("knows the values of a Secret again elsewhere", () => {
    const secret = (name: string) =>
      all(parsed, "resource").find((resource) => resource.ref === `k8s:blue/shop/Secret/${name}`)?.attributes;
    expect(secret("db")?.["valueFingerprints"]).toEqual([expect.any(String), expect.any(String)]);
    expect(secret("tls")).not.toHaveProperty("valueFingerprints");
  });
  it("follows pods to their accounts and Secrets", () => {
    expect(grants).toContain("runs_as k8s:blue/shop/Deployment/api k8s:blue/shop/ServiceAccount/api");
    expect(grants).toContain("runs_as k8s:blue/kube-system/DaemonSet/agent k8s:blue/kube-system/ServiceAccount/default");
    for (const name of ["db", "tls", "registry"])
      expect(grants).toContain(`mounts_secret k8s:blue/shop/Deployment/api k8s:blue/shop/Secret/${name}`);
    const pod = all(parsed, "resource").find((resource) => resource.ref === "k8s:blue/shop/Pod/api-1");
    expect(pod?.attributes).toMatchObject({ privileged: true, hostPid: true, controller: "ReplicaSet/api-7" });
  });
  it("reads credentials in Secrets: tokens, certificates, registry logins", () => {
    const credentials = new Map(all(parsed, "credential").map((credential) => [credential.ref, credential]));
    expect(credentials.get("k8s:blue/shop/Secret/api-token#credential")).toMatchObject({
      credentialKind: "token",
      identityRef: "k8s:blue/shop/ServiceAccount/api",
      fingerprint: "fp16",
      facts: { hasExpiry: false, lastUsedAt: "2026-03-04T00:00:00.000Z" },
    });
    expect(credentials.get("k8s:blue/shop/Secret/tls#credential")).toMatchObject({
      credentialKind: "x509_certificate",
      name: "shop.example.com",
      facts: { selfSigned: true, keyBits: 2048, lifetimeDays: 825 },
    });
    expect(credentials.get("k8s:blue/shop/Secret/registry#credential")).toMatchObject({ credentialKind: "password" });
    expect(credentials.has("k8s:blue/shop/Secret/db#credential")).toBe(false);
    for (const { identityRef } of credentials.values()) expect(all(parsed, "identity").map(({ ref }) => ref)).toContain(identityRef);
  });
  it("proves a whole listing complete, and only what was listed", () => {
    expect(Object.fromEntries(only([listing]).reports.map((report) => [report.scope.dataset, report.outcome]))).toEqual({
      cluster: "complete",
      cluster_role_bindings: "complete",
      cluster_roles: "complete",
      namespaces: "complete",
      role_bindings: "complete",
      roles: "complete",
      service_accounts: "complete",
      workloads: "complete",
    });
  });
  it("lists Secrets that pods name even when Secrets were not exported", () => {
    const named = all(only([listing]), "resource").filter((resource) => resource.resourceKind === "secret");
    expect(named.map(({ ref }) => ref)).toEqual(["db", "registry", "tls"].map((name) => `k8s:blue/shop/Secret/${name}`));
  });
});

describe("machines and clouds", () => {
  const yaml = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Node, metadata: {name: n1, uid: u1, labels: {node-role.kubernetes.io/control-plane: ""}}}
- {apiVersion: v1, kind: Node, metadata: {name: n2, uid: u2}}
- apiVersion: v1
  kind: Pod
  metadata: {name: agent, namespace: ops, uid: u3}
  spec:
    nodeName: n2
    volumes: [{name: run, hostPath: {path: /run}}, {name: logs, hostPath: {path: /var/log}}, {name: unused, hostPath: {path: /}}]
    containers:
    - {name: a, volumeMounts: [{name: run, mountPath: /run}, {name: logs, mountPath: /logs, readOnly: true}]}
- apiVersion: v1
  kind: Pod
  metadata: {name: web, namespace: ops, uid: u4}
  spec:
    volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}]
    containers: [{name: a}]
- apiVersion: v1
  kind: Pod
  metadata: {name: cloud, namespace: ops, uid: u9}
  spec:
    automountServiceAccountToken: false
    volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token, audience: sts.amazonaws.com}}]}}]
    containers: [{name: a}]
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, namespace: ops, uid: u5}
  spec: {template: {spec: {containers: []}}}
- apiVersion: eks.services.k8s.aws/v1alpha1
  kind: PodIdentityAssociation
  metadata: {name: web, namespace: ops, uid: u6}
  spec: {clusterName: c, namespace: ops, serviceAccount: default, roleARN: "arn:aws:iam::111122223333:role/web"}
- apiVersion: eks.services.k8s.aws/v1alpha1
  kind: PodIdentityAssociation
  metadata: {name: broken, namespace: ops, uid: u7}
  spec: {clusterName: c}
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  metadata: {name: sum, uid: u8}
  aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}, matchExpressions: [{key: tier, operator: In, values: [x]}]}]}
`;
  const parsed = only([textFile("c1.yaml", yaml)]);
  const attributes = (ref: string) => all(parsed, "resource").find((resource) => resource.ref === ref)?.attributes;
  it("say which nodes are the control plane, where pods run and what they see of the node", () => {
    expect(attributes("k8s:c1/_/Node/n1")).toEqual({ controlPlane: true });
    expect(attributes("k8s:c1/_/Node/n2")).toEqual({ controlPlane: false });
    expect(attributes("k8s:c1/ops/Pod/agent")).toMatchObject({ nodeName: "n2", hostPaths: ["/run", "/var/log ro"] });
  });
  it("say whether a pod holds a token of its account", () => {
    const token = (ref: string) => attributes(ref)?.["serviceAccountToken"];
    expect(["Pod/agent", "Pod/web", "Pod/cloud", "Deployment/web"].map((name) => token(`k8s:c1/ops/${name}`))).toEqual([
      "not_mounted",
      "mounted",
      "not_mounted",
      "account_default",
    ]);
  });
  it("read associations with roles and selectors of aggregated roles", () => {
    expect(all(parsed, "grant").filter((grant) => grant.grantKind === "pod_identity")).toEqual([
      expect.objectContaining({ from: "k8s:c1/ops/ServiceAccount/default", to: "arn:aws:iam::111122223333:role/web" }),
    ]);
    expect(parsed.rejected.map(({ message }) => message)).toEqual(["PodIdentityAssociation broken names no service account or no role"]);
    expect(attributes("k8s:c1/_/ClusterRole/sum")?.["aggregationLabels"]).toEqual([
      { a: "b", matchExpressions: [{ key: "tier", operator: "In", values: ["x"] }] },
    ]);
  });
});

describe("manifests", () => {
  it("belong to the namespace that their cluster role bindings name", () => {
    const yaml = `apiVersion: v1
kind: ServiceAccount
metadata: {name: controller}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: controller}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: controller, namespace: tools}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: controller}
spec: {template: {spec: {containers: []}}}
`;
    const parsed = only([textFile("install.yaml", yaml)]);
    expect(all(parsed, "identity").map(({ ref }) => ref)).toEqual([
      "k8s:install/tools/ServiceAccount/controller",
      "k8s:install/tools/ServiceAccount/default",
    ]);
    expect(parsed.notes.join()).toContain("tools");
  });
});

describe("clusterNameOf", () => {
  it.each([
    ["prod-eu.json", null, "prod-eu"],
    ["pods.yaml", null, "kubernetes"],
    ["export.zip/prod-eu/cluster-roles.json", null, "prod-eu"],
    ["all.json", "green", "green"],
    ["a/b/x.json", "with/slash", "with-slash"],
    ["service_accounts.yml", null, "kubernetes"],
  ])("%s with hint %s is %s", (file, hint, expected) => {
    expect(clusterNameOf(file, hint)).toBe(expected);
  });
});

describe("a pod", () => {
  const pod = (spec: string) =>
    all(only([textFile("blue.yaml", `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: ${spec}\n`)]), "resource").find(
      ({ resourceKind }) => resourceKind === "workload",
    )?.attributes;
  it("shows the capabilities that its containers add, and whether they are processes of the node", () => {
    expect(
      pod(
        "{containers: [{securityContext: {capabilities: {add: [CAP_SYS_ADMIN, net_admin], drop: [ALL]}}}], initContainers: [{securityContext: {capabilities: {add: [SYS_ADMIN]}}}]}",
      ),
    ).toMatchObject({
      capabilities: ["NET_ADMIN", "SYS_ADMIN"],
    });
    expect(pod("{securityContext: {windowsOptions: {hostProcess: true}}, containers: []}")).toMatchObject({ hostProcess: true });
    expect(pod("{containers: [{name: a}]}")).not.toHaveProperty("capabilities");
  });
});

describe("bindings of OpenShift's own kind", () => {
  const to = (roleRef: string, subject: string, apiVersion = "authorization.openshift.io/v1") => {
    const text = `apiVersion: ${apiVersion}\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\nroleRef: ${roleRef}\nsubjects: [${subject}]\n`;
    return all(only([textFile("blue.yaml", text)]), "grant").map(({ from, to: role }) => `${from} ${role}`);
  };
  it("name their role without a kind, and subjects of the system by kinds of their own", () => {
    expect(to("{name: view}", "{kind: SystemUser, name: robot}")).toEqual(["k8s:blue/_/User/robot k8s:blue/_/ClusterRole/view"]);
    expect(to("{name: own, namespace: shop}", "{kind: SystemGroup, name: robots}")).toEqual([
      "k8s:blue/_/Group/robots k8s:blue/shop/Role/own",
    ]);
    expect(to("{name: view}", "{kind: User, name: robot}", "rbac.authorization.k8s.io/v1")).toEqual([]);
  });
});

describe("service accounts that bindings and workloads name", () => {
  const binding = (kind: string, metadata: string) =>
    `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: ${metadata}\nroleRef: {kind: ClusterRole, name: view}\nsubjects:\n- {kind: ServiceAccount, name: bound, namespace: shop}\n- {kind: User, name: "system:serviceaccount:shop:spoken"}\n`;
  const pod = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {serviceAccountName: running}\n";
  const accounts = (text: string) =>
    all(only([textFile("blue.yaml", text)]), "identity").map(
      ({ ref, attributes }) => `${ref.split("/").at(-1)} ${attributes["listed"] === false ? "named" : "listed"}`,
    );
  const account = (metadata: string) => `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: ${metadata}\n`;
  it("are there although no manifest contains them", () => {
    expect(accounts(binding("RoleBinding", "{name: b, namespace: shop}") + pod)).toEqual(["bound named", "spoken named", "running named"]);
    expect(accounts(binding("ClusterRoleBinding", "{name: b}") + account("{name: bound, namespace: shop}"))).toEqual([
      "spoken named",
      "bound listed",
    ]);
  });
  it("are not there where a running cluster lists the accounts of their namespace without them", () => {
    const other = account("{name: other, namespace: shop, uid: u}");
    expect(accounts(binding("RoleBinding", "{name: b, namespace: shop}") + pod + other)).toEqual(["other listed"]);
  });
});

describe("answers of several commands in one file", () => {
  it("are read as one listing is", () => {
    const items = ["api", "jobs"].map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "shop" } }));
    const refs = (text: string): string[] => all(only([textFile("c1.json", text)]), "identity").map(({ ref }) => ref);
    const listed = refs(JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    expect(listed).toHaveLength(2);
    expect(refs(items.map((item) => JSON.stringify(item, null, 2)).join("\n"))).toEqual(listed);
  });
});
