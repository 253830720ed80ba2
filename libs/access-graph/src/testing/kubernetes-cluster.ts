import type { Grant, Identity, Resource } from "@rollcall/nhi-model";
import { aGrant, anIdentity, aResource } from "./inventory-builders.ts";

export const testCluster = "c1";
export const k8sRef = (kind: string, name: string, namespace: string | null = null): string =>
  `k8s:${testCluster}/${namespace ?? "_"}/${kind}/${name}`;

export const aServiceAccount = (namespace: string, name: string, attributes: Readonly<Record<string, unknown>> = {}): Identity =>
  anIdentity(k8sRef("ServiceAccount", name, namespace), {
    kind: "workload",
    provider: "kubernetes",
    account: testCluster,
    name: `${namespace}/${name}`,
    attributes,
  });

export const aK8sResource = (kind: Resource["kind"], ref: string, rest: Partial<Resource> = {}): Resource =>
  aResource(ref, { kind, provider: "kubernetes", account: testCluster, ...rest });

export const aSecret = (namespace: string, name: string, attributes: Readonly<Record<string, unknown>> = {}): Resource =>
  aK8sResource("secret", k8sRef("Secret", name, namespace), { sensitivity: 50, sensitivityReason: "secret", attributes });

/** rules: [apiGroups, resources, verbs, resourceNames?]. */
export const aRole = (
  namespace: string | null,
  name: string,
  rules: readonly (readonly [string, string, string, string?])[],
  attributes: Readonly<Record<string, unknown>> = {},
): Resource =>
  aK8sResource("permission_set", k8sRef(namespace === null ? "ClusterRole" : "Role", name, namespace), {
    attributes: {
      rules: rules.map(([apiGroups, resources, verbs, names]) => ({
        apiGroups: apiGroups.split(","),
        resources: resources.split(","),
        verbs: verbs.split(","),
        ...(names === undefined ? {} : { resourceNames: names.split(",") }),
      })),
      ...attributes,
    },
  });

/** `namespace` null = cluster-wide. */
export const aBinding = (subject: string, role: string, namespace: string | null): Grant =>
  aGrant("role_binding", subject, role, {
    dialect: "kubernetes_rbac",
    ref: `${subject}>${role}>${namespace ?? "_"}`,
    attributes: { binding: "test-binding", namespace },
  });
