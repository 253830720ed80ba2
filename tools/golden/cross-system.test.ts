import { shortestPath } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import { beforeAll, describe, expect, it } from "vitest";
import { graphOfWorld } from "./worlds.ts";

const role = (name: string): string => `identity:arn:aws:iam::222233334444:role/${name}`;
const bucket = (name: string): string => `resource:arn:aws:s3:::${name}`;
const account = (namespace: string, name: string): string => `identity:k8s:blue/${namespace}/ServiceAccount/${name}`;
const workflow = (file: string): string => `identity:github:acme/shop/workflow/${file}`;
const cursor = "identity:mcp:laptop-7/agent/Cursor";
const anyRepository = "external:oidc:token.actions.githubusercontent.com:*";

/** From raw files of each system to the hops of the shortest way; a `?` marks a hop under a condition. */
describe("ways across systems", () => {
  let graph: AccessGraph;
  beforeAll(async () => {
    graph = await graphOfWorld("ci-to-cloud");
  }, 60_000);

  const way = (from: string, to: string) => {
    const index = (key: string): number => graph.indexByKey.get(key) ?? -1;
    expect(index(from), from).toBeGreaterThan(-1);
    expect(index(to), to).toBeGreaterThan(-1);
    return shortestPath(graph, index(from), index(to));
  };

  it.each([
    ["workflow, claim, cloud role, bucket", workflow("release.yml"), bucket("acme-shop-releases"), ["FEDERATES_TO", "ACCESSES"]],
    ["writer, repository, any branch, cloud role", "identity:github:acme/user/robin", role("preview"), ["CAN_WRITE_CODE", "FEDERATES_TO"]],
    [
      "writer, repository, unprotected environment, cloud role",
      "identity:github:acme/user/robin",
      role("release"),
      ["CAN_WRITE_CODE", "FEDERATES_TO?"],
    ],
    ["any repository of anybody, cloud role without a subject", anyRepository, role("sandbox"), ["FEDERATES_TO"]],
    [
      "service account, annotation, cloud role, bucket",
      account("shop", "orders"),
      bucket("acme-shop-orders"),
      ["FEDERATES_TO", "ACCESSES"],
    ],
    [
      "creating a pod, service account, cloud role, bucket",
      account("shop", "deployer"),
      bucket("acme-shop-orders"),
      ["HAS_ROLE", "CAN_CONTROL_COMPUTE", "CONTAINS", "FEDERATES_TO", "ACCESSES"],
    ],
    [
      "privileged pod, node, other pod, cloud role",
      "resource:k8s:blue/tools/Pod/agent-x1",
      bucket("acme-shop-orders"),
      ["CAN_CONTROL_COMPUTE", "CONTAINS", "RUNS_AS", "FEDERATES_TO", "ACCESSES"],
    ],
    [
      "workflow, CI secret, key of another account, bucket",
      workflow("nightly.yml"),
      bucket("acme-finance"),
      ["USES_SECRET", "STORES", "AUTHENTICATES_AS", "ACCESSES"],
    ],
    [
      "key of AWS, access entry, namespace, service account, role of another account, bucket",
      "credential:arn:aws:iam::555566667777:user/reports#access_key/1",
      bucket("acme-shop-orders"),
      ["AUTHENTICATES_AS", "HAS_ROLE", "CAN_CONTROL_COMPUTE", "CONTAINS", "FEDERATES_TO", "ACCESSES"],
    ],
    [
      "vault, key of an application, its repositories",
      "identity:vault:acme/approle/ci",
      "resource:github:acme/billing",
      ["CAN_READ_SECRET", "STORES", "AUTHENTICATES_AS", "CAN_WRITE_CODE"],
    ],
    [
      "client secret, OAuth application, mailbox",
      "credential:entra:acme/app/mail-sync#secret",
      "resource:graph:acme/mailbox/finance",
      ["AUTHENTICATES_AS", "ACCESSES"],
    ],
    [
      "agent, tool server, token by its fingerprint, service account, cloud role, bucket",
      cursor,
      bucket("acme-shop-orders"),
      [
        "CAN_CALL_TOOL",
        "USES_SECRET",
        "STORES",
        "AUTHENTICATES_AS",
        "HAS_ROLE",
        "CAN_CONTROL_COMPUTE",
        "CONTAINS",
        "FEDERATES_TO",
        "ACCESSES",
      ],
    ],
  ] as const)("%s", (_, from, to, hops) => {
    const found = way(from, to);
    expect(found?.map(({ edge }) => `${edge.kind}${edge.conditional ? "?" : ""}`)).toEqual(hops);
    // Every hop says one sentence and cites what it rests on.
    for (const { edge, sentence } of found ?? []) {
      expect(sentence).toMatch(/\S/);
      expect(edge.why.facts.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ["a workflow without a token", workflow("nightly.yml"), role("release")],
    ["an annotation that the role does not answer", account("shop", "stranger"), role("stranger")],
    ["a workflow and a role of the cluster", workflow("release.yml"), role("orders")],
    ["an account of a restricted namespace and the node", account("shop", "deployer"), "resource:k8s:blue/_/Node/node-1"],
  ])("%s leads nowhere", (_, from, to) => expect(way(from, to)).toBeNull());
});
