import { environmentOf, shownTags } from "../../observe/tag-facts.ts";
import type { K8sContext } from "../context.ts";
import { refOf } from "../context.ts";
import type { K8sObject } from "../read-objects.ts";
import { addImplicitDefault, tagsOf } from "./service-accounts.ts";

const dataset = "namespaces";

export function normaliseNamespace(context: K8sContext, object: K8sObject): void {
  const tags = tagsOf(object);
  const environment = environmentOf(tags) ?? environmentOf(new Map([["env", object.name]]));
  context.collector.add(
    dataset,
    {
      kind: "resource",
      ref: refOf(context, object),
      resourceKind: "namespace",
      name: object.name,
      provider: "kubernetes",
      account: context.cluster,
      ...(environment === undefined ? {} : { environment }),
      attributes: { tags: shownTags(tags) },
    },
    object.where,
  );
  addImplicitDefault(context, object.name, { dataset, where: object.where });
}
