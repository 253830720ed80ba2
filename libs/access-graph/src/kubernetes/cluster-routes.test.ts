import type { Grant, Identity, Resource } from "@rollcall/nhi-model";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aGrant, anIdentity, anInput } from "../testing/inventory-builders.ts";
import { aBinding, aK8sResource, aRole, aSecret, aServiceAccount, k8sRef } from "../testing/kubernetes-cluster.ts";
import { shortestPath } from "../reach/shortest-path.ts";
import type { AccessGraph } from "../types.ts";

const caller = k8sRef("ServiceAccount", "caller", "a");
const other = k8sRef("ServiceAccount", "other", "b");
const link = (kind: string, from: string, to: string): Grant => aGrant(kind, from, to, { dialect: "kubernetes_rbac" });
const pod = (namespace: string, name: string, attributes: Readonly<Record<string, unknown>>): Resource =>
  aK8sResource("workload", k8sRef("Pod", name, namespace), { name: `${namespace}/${name}`, attributes });
const graphOf = (resources: readonly Resource[], grants: readonly Grant[], identities: readonly Identity[] = []): AccessGraph =>
  buildGraph(
    anInput({
      identities: [aServiceAccount("a", "caller"), aServiceAccount("b", "other", { automountToken: false }), ...identities],
      resources: [
        aK8sResource("cluster", k8sRef("Cluster", "c1"), { tierZero: true, sensitivity: 100, sensitivityReason: "x" }),
        ...resources,
      ],
      grants,
    }),
  );
/** The kinds of edge on the shortest way, `?` after a conditional one; null when there is none. */
const route = (graph: AccessGraph, from: string, to: string): string[] | null => {
  const index = (ref: string): number =>
    ["identity:", "resource:", "external:"].flatMap((kind) => graph.indexByKey.get(`${kind}${ref}`) ?? [])[0] ?? -1;
  expect(index(from), from).toBeGreaterThan(-1);
  expect(index(to), to).toBeGreaterThan(-1);
  return shortestPath(graph, index(from), index(to))?.map(({ edge }) => `${edge.kind}${edge.conditional ? "?" : ""}`) ?? null;
};

describe("several roles of one subject", () => {
  const create = aRole("a", "create", [["", "secrets", "create"]]);
  const read = aRole(null, "read", [["", "secrets", "get"]]);
  const neighbour = aServiceAccount("a", "neighbour");

  it("together give what neither gives alone, and each is named as a fact", () => {
    const bindings = [aBinding(caller, k8sRef("Role", "create", "a"), "a"), aBinding(caller, k8sRef("ClusterRole", "read"), null)];
    const graph = graphOf([create, read], bindings, [neighbour]);
    expect(route(graph, caller, neighbour.ref)).toEqual(["CAN_MINT_CREDENTIAL", "CONTAINS"]);
    expect(graph.edges.find((edge) => edge.why.technique === "k8s-secret-token")!.why.facts).toEqual([
      { ref: k8sRef("Role", "create", "a"), detail: "create secrets" },
      { ref: k8sRef("ClusterRole", "read"), detail: "get or list or watch secrets" },
    ]);
    for (const kept of bindings) expect(route(graphOf([create, read], [kept], [neighbour]), caller, neighbour.ref)).toBeNull();
  });

  it("also count those of its groups, but not roles in different namespaces", () => {
    const group = k8sRef("Group", "system:serviceaccounts:a");
    const inGroup = [aBinding(caller, k8sRef("Role", "create", "a"), "a"), aBinding(group, k8sRef("ClusterRole", "read"), "a")];
    const groups = aK8sResource("group", group, { name: "system:serviceaccounts:a" });
    expect(route(graphOf([create, read, groups], inGroup, [neighbour]), caller, neighbour.ref)).toEqual([
      "CAN_MINT_CREDENTIAL",
      "CONTAINS",
    ]);
    const apart = [aBinding(caller, k8sRef("Role", "create", "a"), "a"), aBinding(caller, k8sRef("ClusterRole", "read"), "b")];
    expect(route(graphOf([create, read], apart, [neighbour]), caller, neighbour.ref)).toBeNull();
  });
});

describe("a technique that takes an object of the cluster", () => {
  const held = (cluster: readonly [string, string, string], inA: readonly (readonly [string, string, string])[], where: string | null) =>
    graphOf(
      [aRole(null, "of-cluster", [cluster]), aRole("a", "of-namespace", inA), aK8sResource("node", k8sRef("Node", "n1"), { name: "n1" })],
      [aBinding(caller, k8sRef("ClusterRole", "of-cluster"), where), aBinding(caller, k8sRef("Role", "of-namespace", "a"), "a")],
    );
  it.each([
    ["k8s-volume-hostpath", ["", "persistentvolumes", "create"], [["", "persistentvolumeclaims,pods", "create"]]],
    ["k8s-impersonate-group", ["", "groups", "impersonate"], [["", "serviceaccounts", "impersonate"]]],
  ] as const)("%s counts the rest of it inside one namespace", (technique, cluster, inA) => {
    const found = (where: string | null) => held(cluster, inA, where).edges.filter(({ why }) => why.technique === technique);
    expect(found(null).map(({ conditional }) => conditional)).toEqual([false]);
    expect(found("a")).toEqual([]);
  });
});

describe("aggregated roles", () => {
  const bind = (name: string) => [aBinding(caller, k8sRef("ClusterRole", name), "a")];
  const secret = aSecret("a", "db");

  it("take the rules of what their selectors pick, by value and by expression", () => {
    const selector = { tier: "x", matchExpressions: [{ key: "off", operator: "DoesNotExist" }] };
    const part = (labels: Readonly<Record<string, string>>) => [
      aRole(null, "sum", [], { aggregationLabels: [selector] }),
      aRole(null, "part", [["", "secrets", "get"]], { labels }),
      secret,
    ];
    expect(route(graphOf(part({ tier: "x" }), bind("sum")), caller, secret.ref)).toEqual([
      "HAS_ROLE",
      "CAN_READ_SECRET",
      "CAN_READ_SECRET",
    ]);
    expect(route(graphOf(part({ tier: "x", off: "1" }), bind("sum")), caller, secret.ref)).toBeNull();
  });

  it("take the rules of parts of parts, also where two pick each other", () => {
    const picks = (label: string) => ({ aggregationLabels: [{ [label]: "1" }] });
    const nested = [
      aRole(null, "sum", [], picks("one")),
      aRole(null, "middle", [], { ...picks("two"), labels: { one: "1" } }),
      aRole(null, "leaf", [["", "secrets", "get"]], { ...picks("one"), labels: { two: "1" } }),
    ];
    expect(route(graphOf([...nested, secret], bind("sum")), caller, secret.ref)).toEqual([
      "HAS_ROLE",
      "CAN_READ_SECRET",
      "CAN_READ_SECRET",
    ]);
    expect(route(graphOf([...nested.slice(0, 2), secret], bind("sum")), caller, secret.ref)).toBeNull();
  });

  it("of which no part is listed are not known to be empty", () => {
    const graph = graphOf([aRole(null, "sum", [], { aggregationLabels: [{ tier: "x" }] })], bind("sum"));
    expect(graph.gaps.map(({ ref, what }) => `${ref} ${what}`)).toEqual([`${caller} policy_document_missing`]);
  });

  it("extend the three that every cluster ships", () => {
    const extra = aRole(null, "extra", [["", "secrets", "list"]], { labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } });
    expect(route(graphOf([extra, secret], bind("view")), caller, secret.ref)).toEqual(["HAS_ROLE", "CAN_READ_SECRET", "CAN_READ_SECRET"]);
    expect(route(graphOf([secret], bind("view")), caller, secret.ref)).toBeNull();
    // What is added to one is in those around it, and not in those inside it.
    const pods = (label: string) =>
      aRole(null, "nodes", [["", "nodes/proxy", "get"]], { labels: { [`rbac.authorization.k8s.io/aggregate-to-${label}`]: "true" } });
    const gives = (label: string, name: string): boolean =>
      graphOf([pods(label)], [aBinding(caller, k8sRef("ClusterRole", name), null)]).edges.some(
        ({ why }) => why.technique === "k8s-node-proxy",
      );
    expect(["view", "edit", "admin"].map((name) => gives("view", name))).toEqual([true, true, true]);
    expect(["view", "edit", "admin"].map((name) => gives("admin", name))).toEqual([false, false, true]);
  });
});

describe("pods and their machines", () => {
  const agent = k8sRef("Pod", "agent", "a");
  const world = (attributes: Readonly<Record<string, unknown>>, elsewhere = "n1") =>
    graphOf(
      [pod("a", "agent", { nodeName: "n1", ...attributes }), pod("b", "web", { nodeName: elsewhere })],
      [link("runs_as", k8sRef("Pod", "web", "b"), other)],
    );

  it("a pod that leaves its container is every account on its node, and on no other", () => {
    expect(route(world({ privileged: true }), agent, other)).toEqual(["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]);
    expect(route(world({ privileged: true }, "n2"), agent, other)).toBeNull();
  });

  it.each([
    [{ hostPaths: ["/"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ hostPaths: ["/var/lib/kubelet ro"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ hostPaths: ["/var/run/docker.sock"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ hostPaths: ["/var/run/docker.sock ro"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ hostPaths: ["/run/containerd ro"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ hostPaths: ["/run/dbus ro"] }, null],
    [{ hostProcess: true }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ capabilities: ["NET_ADMIN", "SYS_MODULE"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ capabilities: ["SYS_PTRACE"], hostPid: true }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ capabilities: ["SYS_ADMIN"] }, ["CAN_CONTROL_COMPUTE?", "CONTAINS", "RUNS_AS"]],
    [{ capabilities: ["SYS_ADMIN"], hostPaths: ["/"] }, ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS"]],
    [{ capabilities: ["SYS_PTRACE", "NET_BIND_SERVICE"] }, null],
    [{ hostPath: true }, ["CAN_CONTROL_COMPUTE?", "CONTAINS", "RUNS_AS"]],
    [{ hostPid: true }, ["CAN_CONTROL_COMPUTE?", "CONTAINS", "RUNS_AS"]],
    [{ hostPath: true, hostPaths: ["/var/log", "/etc ro", "/etc/localtime"] }, null],
    [{ hostNetwork: true }, null],
    [{ privileged: false }, null],
  ])("with %j goes %j", (attributes, expected) => expect(route(world(attributes), agent, other)).toEqual(expected));

  it("a node gets tokens also of pods that mount none, whoever is inside the pod does not", () => {
    const graph = graphOf(
      [
        pod("a", "agent", { nodeName: "n1", privileged: true }),
        pod("b", "web", { nodeName: "n1", serviceAccountToken: "account_default" }),
      ],
      [link("runs_as", k8sRef("Pod", "web", "b"), other)],
    );
    expect(route(graph, k8sRef("Pod", "web", "b"), other)).toBeNull();
    expect(route(graph, agent, other)).toEqual(["CAN_CONTROL_COMPUTE", "CAN_MINT_CREDENTIAL"]);
  });

  it("a pod with no token but one for a cloud is the identity of the cloud, and not the account", () => {
    const account = aServiceAccount("a", "signer", { irsaRoleArn: "arn:aws:iam::111122223333:role/app" });
    const web = pod("a", "web", { serviceAccountToken: "not_mounted" });
    const runs = link("runs_as", web.ref, account.ref);
    const graph = graphOf([web], [runs], [account]);
    expect(route(graph, web.ref, account.ref)).toBeNull();
    expect(route(graph, web.ref, "arn:aws:iam::111122223333:role/app")).toEqual(["FEDERATES_TO?"]);
    const associated = { ...aServiceAccount("a", "signer"), attributes: {} };
    const given = link("pod_identity", account.ref, "arn:aws:iam::111122223333:role/app");
    expect(route(graphOf([web], [runs, given], [associated]), web.ref, "arn:aws:iam::111122223333:role/app")).toEqual(["FEDERATES_TO?"]);
  });

  it("a node of the control plane is the cluster; a template without pods leaves the node open", () => {
    const control = aK8sResource("node", k8sRef("Node", "n1"), { attributes: { controlPlane: true } });
    const on = (attributes: Readonly<Record<string, unknown>>) => graphOf([control, pod("a", "agent", attributes)], []);
    expect(route(on({ privileged: true, nodeName: "n1" }), agent, k8sRef("Cluster", "c1"))).toEqual(["CAN_CONTROL_COMPUTE", "OWNS"]);
    const template = aK8sResource("workload", k8sRef("DaemonSet", "agent", "a"), { attributes: { privileged: true } });
    const graph = graphOf([template, pod("b", "web", {})], [link("runs_as", k8sRef("Pod", "web", "b"), other)]);
    expect(route(graph, template.ref, other)).toEqual(["CAN_CONTROL_COMPUTE?", "CONTAINS", "CONTAINS", "CONTAINS", "RUNS_AS"]);
  });
});

describe("built-in groups and users", () => {
  const masters = aK8sResource("group", k8sRef("Group", "system:masters"), { name: "system:masters" });
  it("system:masters is the cluster; signed-in users share what everybody signed in has", () => {
    expect(route(graphOf([masters], []), masters.ref, k8sRef("Cluster", "c1"))).toEqual(["OWNS"]);
    const [user, everyone] = [k8sRef("User", "jo"), k8sRef("Group", "system:authenticated")];
    const graph = graphOf(
      [aK8sResource("group", user), aK8sResource("group", everyone), aSecret("a", "db"), aRole(null, "r", [["", "secrets", "get"]])],
      [aBinding(everyone, k8sRef("ClusterRole", "r"), "a")],
    );
    const db = k8sRef("Secret", "db", "a");
    expect(route(graph, user, db)).toEqual(["MEMBER_OF", "HAS_ROLE", "CAN_READ_SECRET", "CAN_READ_SECRET"]);
    expect(graph.indexByKey.has("external:google:anyone")).toBe(false);
  });

  it("strangers are the anonymous user and its group, and not signed in", () => {
    const named = (kind: string, name: string) => aK8sResource("group", k8sRef(kind, name), { name });
    const [anonymous, strangers, everyone] = [
      named("User", "system:anonymous"),
      named("Group", "system:unauthenticated"),
      named("Group", "system:authenticated"),
    ];
    const db = aSecret("a", "db");
    const role = aRole(null, "r", [["", "secrets", "get"]]);
    const outside = "k8s:c1:anonymous";
    const reaches = (subject: string): boolean => {
      const graph = graphOf([anonymous, strangers, everyone, db, role], [aBinding(subject, role.ref, "a")]);
      return route(graph, outside, db.ref) !== null;
    };
    expect([anonymous, strangers, everyone].map(({ ref }) => reaches(ref))).toEqual([true, true, false]);
    // Nothing says that they are there where no binding names them.
    expect(graphOf([everyone, db, role], [aBinding(everyone.ref, role.ref, "a")]).indexByKey.has(`external:${outside}`)).toBe(false);
  });

  it("what two groups hold each in part, their members hold together", () => {
    const named = (kind: string, name: string) => aK8sResource("group", k8sRef(kind, name), { name });
    const creates = aRole(null, "creates", [["", "secrets", "create"]]);
    const reads = aRole(null, "reads", [["", "secrets", "list"]]);
    const held = (first: string, second: string) =>
      graphOf(
        [named("Group", first), named("Group", second), creates, reads],
        [aBinding(k8sRef("Group", first), creates.ref, "a"), aBinding(k8sRef("Group", second), reads.ref, "a")],
        [aServiceAccount("a", "one"), aServiceAccount("b", "two")],
      );
    const mints = (graph: ReturnType<typeof held>, from: string): boolean => {
      const node = graph.indexByKey.get(`identity:${from}`);
      return graph.edges.some((edge) => edge.from === node && edge.why.technique === "k8s-secret-token");
    };
    const both = held("system:serviceaccounts:a", "system:authenticated");
    expect([k8sRef("ServiceAccount", "one", "a"), k8sRef("ServiceAccount", "two", "b")].map((from) => mints(both, from))).toEqual([
      true,
      false,
    ]);
  });

  it("on Google's clusters everybody with an account there is signed in", () => {
    const everyone = "k8s:gke_proj_eu_c1/_/Group/system:authenticated";
    const graph = buildGraph(anInput({ resources: [aK8sResource("group", everyone)] }));
    expect(route(graph, "google:anyone", everyone)).toEqual(["MEMBER_OF"]);
  });
});

describe("identities of other clouds", () => {
  const email = "app@proj.iam.gserviceaccount.com";
  const clientId = "6a1e0f0c-0000-4000-8000-00000000000a";
  const google = (members?: readonly string[]) =>
    anIdentity(email, { provider: "gcp", attributes: members === undefined ? {} : { workloadIdentityMembers: members } });
  const azure = (federatedCredentials?: readonly unknown[]) =>
    anIdentity("entra:app/web", {
      provider: "azure",
      attributes: { clientId, ...(federatedCredentials === undefined ? {} : { federatedCredentials }) },
    });
  const signsIn = (annotation: Readonly<Record<string, unknown>>, target: Identity | null, issuer?: string): string[] | null => {
    const account = aServiceAccount("a", "pod", annotation);
    const named = aK8sResource("cluster", k8sRef("Cluster", "c1"), { attributes: issuer === undefined ? {} : { issuer } });
    const graph = graphOf([named], [], target === null ? [account] : [account, target]);
    return route(graph, account.ref, target === null ? `gcp:${email}` : target.ref);
  };

  it.each([
    ["lists the account", ["proj.svc.id.goog[a/pod]"], ["FEDERATES_TO"]],
    ["lists another account", ["proj.svc.id.goog[a/other]", "proj.svc.id.goog[b/pod]"], null],
    ["does not say whom it lists", undefined, ["FEDERATES_TO?"]],
  ])("Google Cloud: a service account that %s", (_, members, expected) =>
    expect(signsIn({ gcpServiceAccount: email }, google(members))).toEqual(expected),
  );

  it("Google Cloud: an account of the same name in a cluster of another project is not meant", () => {
    const inProject = (project: string): string[] | null => {
      const ref = `k8s:gke_${project}_europe-west1_main/a/ServiceAccount/pod`;
      const account = anIdentity(ref, { kind: "workload", provider: "kubernetes", attributes: { gcpServiceAccount: email } });
      return route(graphOf([], [], [account, google(["serviceAccount:proj.svc.id.goog[a/pod]"])]), ref, email);
    };
    expect(inProject("proj")).toEqual(["FEDERATES_TO"]);
    expect(inProject("dev")).toBeNull();
    expect(inProject("dev-proj")).toBeNull();
  });

  it("Google Cloud: one that nothing lists stays outside, and open", () => {
    expect(signsIn({ gcpServiceAccount: email }, null)).toEqual(["FEDERATES_TO?"]);
  });

  it("Azure: an application and its principal, of one client id, are both reached where one of them says whom it trusts", () => {
    const account = aServiceAccount("a", "pod", { azureClientId: clientId });
    const principal = anIdentity("entra:sp/web", { provider: "azure", attributes: { clientId } });
    const graphWith = (name: string) =>
      graphOf([], [], [account, azure([{ issuer: "https://aks.example/1", subject: `system:serviceaccount:a:${name}` }]), principal]);
    expect(route(graphWith("pod"), account.ref, "entra:app/web")).toEqual(["FEDERATES_TO?"]);
    expect(route(graphWith("pod"), account.ref, "entra:sp/web")).toEqual(["FEDERATES_TO?"]);
    expect(route(graphWith("x"), account.ref, "entra:sp/web")).toBeNull();
  });

  const subject = "system:serviceaccount:a:pod";
  it.each([
    ["names the account and cluster", [{ issuer: "https://aks.example/1/", subject }], "https://aks.example/1", ["FEDERATES_TO"]],
    ["names another cluster", [{ issuer: "https://aks.example/2", subject }], "https://aks.example/1", null],
    ["names the account, the cluster's issuer is not known", [{ issuer: "https://aks.example/1", subject }], undefined, ["FEDERATES_TO?"]],
    ["names another account", [{ issuer: "https://aks.example/1", subject: "system:serviceaccount:a:x" }], undefined, null],
    ["does not say whom it trusts", undefined, undefined, ["FEDERATES_TO?"]],
  ])("Azure: an application that %s", (_, credentials, issuer, expected) =>
    expect(signsIn({ azureClientId: clientId.toUpperCase() }, azure(credentials), issuer)).toEqual(expected),
  );
});
