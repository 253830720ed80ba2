import { expect, it } from "vitest";
import { buildGraph } from "@rollcall/access-graph";
import { aGrant, anIdentity, anInput, aResource } from "@rollcall/access-graph/testing";
import { aSnapshot } from "../testing/a-snapshot.ts";
import { answerChanges } from "./answer-changes.ts";

const account = "123456789012";
const root = `arn:aws:iam::${account}:root`;
const user = `arn:aws:iam::${account}:user/ci`;
const managed = "arn:aws:iam::aws:policy/AdministratorAccess";
const document = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
const inventory = anInput({
  identities: [anIdentity(root, { provider: "aws", account, kind: "platform" }), anIdentity(user, { provider: "aws", account })],
  resources: [
    aResource(`aws:account:${account}`, { kind: "account", provider: "aws", account, sensitivity: 100 }),
    aResource(managed, { kind: "policy", provider: "aws", attributes: { document } }),
  ],
  grants: [aGrant("OWNS", root, `aws:account:${account}`), aGrant("attached_policy", user, managed, { dialect: "aws_iam" })],
});
const snapshot = aSnapshot(inventory);
const offered = (ref: string) => answerChanges({ graph: buildGraph(inventory), snapshot }, `identity:${ref}`).map(({ title }) => title);

it("offers nothing for a root user: nobody can delete it or take its account from it", () => {
  expect(offered(root)).toEqual([]);
});

it("offers to detach a policy of AWS, and not to rewrite it", () => {
  expect(offered(user)).toEqual(["Delete ci", "Detach AdministratorAccess from ci"]);
});
