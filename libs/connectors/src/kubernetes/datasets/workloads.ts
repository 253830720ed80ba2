import { grantRef } from "../../observe/collector.ts";
import { environmentOf, shownTags } from "../../observe/tag-facts.ts";
import type { K8sContext } from "../context.ts";
import { namespaceOf, refOf, serviceAccountRef } from "../context.ts";
import { nodeAccess, plainVariables, podSpec, secretsOf, serviceAccountName, serviceAccountToken } from "../pod-spec.ts";
import type { K8sObject } from "../read-objects.ts";
import { addNamedSecret } from "./secrets.ts";
import { addNamedAccount, tagsOf } from "./service-accounts.ts";

const dataset = "workloads";

export function normaliseWorkload(context: K8sContext, object: K8sObject): void {
  const { collector, cluster } = context;
  const spec = podSpec(object);
  if (spec === undefined) {
    collector.reject(object.where, "invalid_record", `${object.kind} ${object.name} has no pod specification`);
    return;
  }
  const ref = refOf(context, object);
  const namespace = namespaceOf(context, object) ?? context.homeNamespace;
  const tags = tagsOf(object);
  const environment = environmentOf(tags) ?? context.environmentOfNamespace.get(namespace);
  collector.add(
    dataset,
    {
      kind: "resource",
      ref,
      resourceKind: "workload",
      name: `${namespace}/${object.name}`,
      provider: "kubernetes",
      account: cluster,
      ...(environment === undefined ? {} : { environment }),
      attributes: {
        workloadKind: object.kind,
        namespace,
        ...nodeAccess(spec),
        automountToken: spec["automountServiceAccountToken"] !== false,
        serviceAccountToken: serviceAccountToken(object, spec),
        ...(object.kind === "Pod" && typeof spec["nodeName"] === "string" ? { nodeName: spec["nodeName"] } : {}),
        environmentVariables: plainVariables(spec),
        tags: shownTags(tags),
        ...(object.controller === undefined ? {} : { controller: object.controller }),
      },
    },
    object.where,
  );
  const account = serviceAccountName(spec);
  addNamedAccount(context, { namespace, name: account }, { dataset, where: object.where });
  const to = serviceAccountRef(context, namespace, account);
  collector.add(
    dataset,
    { kind: "grant", ref: grantRef(ref, "runs_as", to), dialect: "kubernetes_rbac", grantKind: "runs_as", from: ref, to },
    object.where,
  );
  for (const [secret, ways] of secretsOf(spec)) {
    const secretRef = addNamedSecret(context, { namespace, name: secret }, { dataset, where: object.where });
    collector.add(
      dataset,
      {
        kind: "grant",
        ref: grantRef(ref, "mounts_secret", secretRef),
        dialect: "kubernetes_rbac",
        grantKind: "mounts_secret",
        from: ref,
        to: secretRef,
        attributes: { via: ways },
      },
      object.where,
    );
  }
}
