import { grantRef, fitRef } from "../../observe/collector.ts";
import { accountRef } from "../arn.ts";
import type { AwsContext } from "../context.ts";
import type { OrganisationAccount } from "../organisation.ts";
import { documentFacts } from "../read-policy-document.ts";

const dataset = "organisation";

/** The service and resource control policies over one account, by level: 0 at the root of the organisation. */
export function normaliseOrganisation(context: AwsContext, { levels }: OrganisationAccount, where: string): void {
  const { collector, account } = context;

  for (const [level, entries] of levels.entries()) {
    for (const { type, ref: arn, name, document } of entries) {
      const ref = arn ?? fitRef(`${accountRef(account)}#${type}/${level}/${name}`);
      if (document === null) collector.reject(where, "invalid_policy", `The organisation policy ${name} cannot be read`);
      if (!collector.has(dataset, "resource", ref)) {
        collector.add(
          dataset,
          {
            kind: "resource",
            ref,
            resourceKind: "policy",
            name,
            provider: "aws",
            account,
            attributes: {
              policyType: type === "scp" ? "service_control" : "resource_control",
              ...documentFacts(document),
            },
          },
          where,
        );
      }
      const from = accountRef(account);
      collector.add(
        dataset,
        {
          kind: "grant",
          ref: fitRef(`${grantRef(from, type, ref)}|${level}`),
          dialect: "aws_iam",
          grantKind: type,
          from,
          to: ref,
          attributes: { level },
        },
        where,
      );
    }
  }
}
