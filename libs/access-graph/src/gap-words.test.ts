import { describe, expect, it } from "vitest";
import { buildGraph } from "./build-graph.ts";
import { refWords } from "./gap-words.ts";
import { aGrant, anIdentity, anInput, aResource } from "./testing/inventory-builders.ts";

const account = "111122223333";
const role = `arn:aws:iam::${account}:role/deploy`;
const fn = `arn:aws:lambda:eu-west-1:${account}:function:nightly`;
const pod = "k8s:blue/shop/Pod/api";

describe("refWords", () => {
  it.each([
    [role, "role deploy of account 111122223333"],
    [fn, "function nightly of account 111122223333"],
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", "the AWS policy ReadOnlyAccess"],
    [`${role}#inline/ship`, "the inline policy ship of role deploy of account 111122223333"],
    ["arn:aws:s3:::orders", "s3 orders"],
    ["k8s:blue/_/ClusterRole/edit", "ClusterRole edit of cluster blue"],
    ["k8s:blue/shop/ServiceAccount/api", "ServiceAccount api in shop of cluster blue"],
    ["aws:account:111122223333", "AWS account 111122223333"],
    ["github:acme/app", "github:acme/app"],
  ])("%s", (ref, words) => expect(refWords(ref)).toBe(words));
});

it("says what a source stated and why nothing came of it, without an id that nobody can read", () => {
  const { gaps } = buildGraph(
    anInput({
      identities: [anIdentity("k8s:blue/shop/ServiceAccount/api")],
      resources: [aResource(fn), aResource(pod)],
      grants: [
        aGrant("RUNS_AS", fn, role, { ref: `${fn}|runs_as|${role}` }),
        aGrant("runs_as", pod, "k8s:blue/shop/ServiceAccount/gone", { dialect: "kubernetes_rbac", ref: `${pod}|runs_as|gone` }),
        aGrant("LIKES", fn, pod),
        aGrant("ACCESSES", "arn:aws:iam::111122223333:user/left", fn),
      ],
    }),
  );
  expect(gaps.map(({ detail }) => detail).sort()).toEqual([
    "a source says that it can access function nightly of account 111122223333, but it is itself not in the inventory",
    'a source says that it has "LIKES" to Pod api in shop of cluster blue, a kind of grant that the graph does not know',
    "it runs as ServiceAccount gone in shop of cluster blue, which is not in the inventory: what that gives is not counted",
    "it runs as role deploy of account 111122223333, which is not in the inventory: what that gives is not counted",
  ]);
});
