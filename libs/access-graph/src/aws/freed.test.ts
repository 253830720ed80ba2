import { expect, test } from "vitest";
import { buildGraph } from "../build-graph.ts";
import { aGrant, anIdentity, anInput, aResource } from "../testing/inventory-builders.ts";
import { stateWithout } from "../ways.ts";

const user = "arn:aws:iam::111122223333:user/ann";
const document = (...Statement: readonly unknown[]) => ({ Version: "2012-10-17", Statement });

/** What the user rests on that took off as many policies, by rewriting each or by detaching it. */
function liftOf(limits: number) {
  const own = `${user}#inline/own`;
  const policies = Array.from({ length: limits }, (_, at) => `arn:aws:iam::111122223333:policy/limit-${at}`);
  const input = anInput({
    identities: [anIdentity(user, { provider: "aws", account: "111122223333" })],
    resources: [
      aResource(own, {
        kind: "policy",
        attributes: {
          document: document(
            { Sid: "rewrites", Effect: "Allow", Action: "iam:CreatePolicyVersion", Resource: "*" },
            { Sid: "detaches", Effect: "Allow", Action: "iam:DetachUserPolicy", Resource: "*" },
          ),
        },
      }),
      ...policies.map((ref, at) =>
        aResource(ref, {
          kind: "policy",
          attributes: { document: document({ Effect: "Deny", Action: `s3:Action${at}`, Resource: "*" }) },
        }),
      ),
    ],
    grants: [own, ...policies].map((ref) => aGrant("attached_policy", user, ref, { dialect: "aws_iam" })),
  });
  const graph = buildGraph(input);
  const from = graph.indexByKey.get(`identity:${user}`);
  return graph.edges.filter((edge) => edge.from === from && edge.why.technique === "lift-limits");
}

test.each([3, 24])("%i limits that can be rewritten or detached stay off while either is allowed", (limits) => {
  const edges = liftOf(limits);
  expect(edges).toHaveLength(1);
  const without = (...ids: readonly string[]) =>
    stateWithout(edges[0]!, (ground) => ids.some((id) => ground === `statement:${user}#inline/own#${id}`));
  expect([without(), without("rewrites"), without("detaches"), without("rewrites", "detaches")]).toEqual([
    "certain",
    "certain",
    "certain",
    "gone",
  ]);
});
