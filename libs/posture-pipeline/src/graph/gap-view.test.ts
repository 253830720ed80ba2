import { expect, it } from "vitest";
import { buildGraph } from "@rollcall/access-graph";
import { aGrant, anIdentity, anInput } from "@rollcall/access-graph/testing";
import { answerRadius } from "./answer-radius.ts";
import { upToDate } from "../testing/up-to-date.ts";
import { gapView } from "./gap-view.ts";

const role = "github:acme/deploys";
const stranger = "arn:aws:iam::111122223333:user/left";
const graph = buildGraph(
  anInput({
    identities: [anIdentity(role, { name: "Deploys" })],
    grants: [aGrant("ACCESSES", role, "db"), aGrant("ACCESSES", stranger, role)],
  }),
);

it("names whom a gap concerns, known to the graph or not", () => {
  expect(graph.gaps.map((gap) => gapView(graph, gap).who).sort()).toEqual(["Deploys", "user left of account 111122223333"]);
  const { gaps } = answerRadius(upToDate(graph), `identity:${role}`, { open: [], show: [] });
  expect(gaps).toEqual([
    {
      what: "unresolved_reference",
      ref: role,
      who: "Deploys",
      detail: "it can access db, which is not in the inventory: what that gives is not counted",
    },
  ]);
});
