import { expect, test } from "vitest";
import { buildGraph } from "@rollcall/access-graph";
import { aGrant, anIdentity, anInput, aResource } from "@rollcall/access-graph/testing";
import { aSnapshot } from "../testing/a-snapshot.ts";
import { upToDate } from "../testing/up-to-date.ts";
import { answerWhatIf } from "./answer-what-if.ts";
import { storedWorld } from "./plan-world.ts";

test("what is reached with less, or only perhaps, is not counted as out of reach", () => {
  const store = (name: string) => aResource(name, { sensitivity: 60 });
  const access = (to: string, change: Parameters<typeof aGrant>[3] = {}) => aGrant("ACCESSES", "bot", to, { level: "read", ...change });
  const input = anInput({
    identities: [anIdentity("bot"), anIdentity("robot")],
    resources: [store("gone"), store("less"), store("perhaps"), store("same")],
    grants: [
      aGrant("CAN_IMPERSONATE", "bot", "robot", { id: "acts as robot" }),
      ...["gone", "less", "perhaps", "same"].map((to) => aGrant("ACCESSES", "robot", to, { level: to === "same" ? "read" : "write" })),
      access("less"),
      access("perhaps", { level: "write", conditional: true }),
      access("same"),
    ],
  });
  const world = storedWorld(upToDate(buildGraph(input)), aSnapshot(input));
  const { focus } = answerWhatIf(world, {
    changes: [{ kind: "remove_grant", grant: "acts as robot" }],
    focus: "identity:bot",
    open: [],
    show: [],
  });
  expect(focus).toMatchObject({ lostTotal: 3, outOfReach: 1, remainingTotal: 3 });
  expect(focus!.lost.map(({ node, before, after, nowConditional }) => [node.label, before, after, nowConditional]).sort()).toEqual([
    ["gone", "write", null, false],
    ["less", "write", "read", false],
    ["perhaps", "write", "write", true],
  ]);
});
