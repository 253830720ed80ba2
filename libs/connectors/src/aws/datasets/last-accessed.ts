import { asString, objectsIn } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { fitRef } from "../../observe/collector.ts";
import type { AttributedUse } from "../account-bundle.ts";
import { awsTrackingDays } from "../context.ts";
import type { AwsContext } from "../context.ts";
import { isFinished } from "../use-evidence.ts";

const dataset = "last_accessed";

/** One statement per service that the user or role may call: when it last did, or that it did not in the tracking period. */
export function normaliseUse(context: AwsContext, use: AttributedUse): boolean {
  const { collector, account } = context;
  const { where, data } = use.document;
  if (!/:(?:user|role)\//.test(use.arn)) {
    collector.reject(where, "not_an_identity", `${use.arn} is a group or policy; last-accessed data is read for users and roles`);
    return false;
  }
  if (!isFinished(data)) {
    collector.reject(
      where,
      "incomplete",
      `The last-accessed job of ${use.arn} is not complete (status ${asString(data["JobStatus"]) ?? "unknown"}, or more pages). Fetch it again.`,
    );
    return false;
  }
  const evidence = context.useOf(use.arn);
  const lastUsedAt = evidence?.lastUsedAt;
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: use.arn,
      identityKind: /:role\//.test(use.arn) ? "role" : "service_account",
      name: use.arn.slice(use.arn.lastIndexOf("/") + 1),
      provider: "aws",
      account,
      facts: {
        ...(lastUsedAt === undefined ? {} : { "usage.lastUsedAt": lastUsedAt }),
        "usage.observedDays": evidence?.observedDays ?? awsTrackingDays,
      },
    },
    where,
  );
  for (const service of objectsIn(data["ServicesLastAccessed"])) {
    const namespace = asString(service["ServiceNamespace"]);
    if (namespace === undefined) {
      collector.reject(where, "invalid_record", "a service without a namespace");
      continue;
    }
    const used = readInstant(service["LastAuthenticated"]);
    collector.add(
      dataset,
      {
        kind: "usage",
        ref: fitRef(`${use.arn}#service/${namespace}`),
        identityRef: use.arn,
        service: namespace,
        ...(used === undefined ? {} : { lastUsedAt: used }),
        observedDays: awsTrackingDays,
        attributes: { serviceName: asString(service["ServiceName"]) ?? namespace, attributedBy: use.basis },
      },
      where,
    );
  }
  return true;
}
