import { asArray, asObject, asString, objectsIn, stringsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import type { K8sObject } from "../read-objects.ts";

/** Answers of `aws eks`: describe-access-entry, list-access-entries, list-associated-access-policies, describe-cluster, pod identity associations. */
const marks = /"(?:accessEntry|accessEntries|associatedAccessPolicies|associations?)"\s*:|"arn"\s*:\s*"arn:aws[a-z-]*:eks:/;

/** Whether a text, of which `values` is the JSON, holds nothing but answers of EKS. */
export const looksLikeEks = (text: string, values: (text: string) => readonly unknown[]): boolean =>
  marks.test(text) && values(text).length > 0 && values(text).every((value) => eksObjects(asObject(value) ?? {}, "") !== null);

/** What the cluster itself would show as objects (the AWS controllers do, with these fields); null when it is no answer of EKS. */
export function eksObjects(raw: Json, where: string): readonly K8sObject[] | null {
  const entry = asObject(raw["accessEntry"]);
  if (entry !== undefined) return [accessEntry(entry, where)];
  if (Array.isArray(raw["accessEntries"]))
    return asArray(raw["accessEntries"]).flatMap((each) => {
      const listed = asObject(each);
      if (listed !== undefined) return [accessEntry(listed, where)];
      return typeof each === "string" ? [accessEntry({ principalArn: each, namesOnly: true }, where)] : [];
    });
  if (Array.isArray(raw["associatedAccessPolicies"]))
    return [
      object("AccessEntry", asString(raw["principalArn"]) ?? "", {
        where,
        cluster: asString(raw["clusterName"]),
        spec: {
          principalARN: raw["principalArn"],
          accessPolicies: objectsIn(raw["associatedAccessPolicies"]).map(accessPolicy),
          part: "policies",
        },
      }),
    ];
  const cluster = asObject(raw["cluster"]);
  if (cluster !== undefined && /^arn:aws[a-z-]*:eks:/.test(asString(cluster["arn"]) ?? ""))
    return [object("EksCluster", asString(cluster["name"]) ?? "", { where, cluster: asString(cluster["name"]), spec: cluster })];
  return associations(raw, where);
}

function associations(raw: Json, where: string): readonly K8sObject[] | null {
  const listed = asObject(raw["association"]) === undefined ? raw["associations"] : [raw["association"]];
  const found = objectsIn(listed).filter((each) => "serviceAccount" in each && "clusterName" in each);
  if (found.length === 0) return null;
  return found.map((each) =>
    object("PodIdentityAssociation", asString(each["associationId"]) ?? asString(each["serviceAccount"]) ?? "", {
      where,
      cluster: asString(each["clusterName"]),
      spec: {
        namespace: each["namespace"],
        serviceAccount: each["serviceAccount"],
        roleARN: each["roleArn"],
        disableSessionTags: each["disableSessionTags"],
      },
    }),
  );
}

const accessEntry = (entry: Json, where: string): K8sObject =>
  object("AccessEntry", asString(entry["principalArn"]) ?? "", {
    where,
    cluster: asString(entry["clusterName"]),
    spec: {
      principalARN: entry["principalArn"],
      kubernetesGroups: stringsIn(entry["kubernetesGroups"]),
      username: entry["username"],
      type: entry["type"],
      ...(entry["namesOnly"] === true ? { part: "name" } : {}),
    },
  });

function accessPolicy(policy: Json): Json {
  const scope = asObject(policy["accessScope"]);
  return { policyARN: policy["policyArn"], accessScope: { type: scope?.["type"], namespaces: stringsIn(scope?.["namespaces"]) } };
}

const object = (kind: string, name: string, rest: { where: string; cluster: string | undefined; spec: Json }): K8sObject => ({
  kind,
  name,
  namespace: null,
  uid: undefined,
  createdAt: undefined,
  labels: new Map(),
  annotations: new Map(),
  controller: undefined,
  raw: { spec: rest.spec },
  where: rest.where,
  ...(rest.cluster === undefined ? {} : { cluster: rest.cluster }),
});
