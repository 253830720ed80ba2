import type { ScopeKey } from "@rollcall/nhi-model";
import type { ParsedImport, ScopedObservation } from "@rollcall/posture-pipeline";
import { ago, hasLeft, personOf } from "../estate.ts";
import type { Unit, World } from "../estate.ts";
import { COMPANY } from "../names.ts";

/** The people: no identities of ours, but who owns them, and who has left. */
export const directoryUnit = (world: World): Unit => {
  const account = `directory:${world.prefix}${COMPANY}`;
  const scope: ScopeKey = { connector: "push", dataset: "people", account, region: "global" };
  const people = function* (): Generator<ScopedObservation> {
    for (let index = 0; index < world.people; index += 1) {
      const person = personOf(world, index);
      const left = hasLeft(world, person) && person.leftDaysAgo !== null;
      yield {
        scope,
        observation: {
          kind: "human",
          ref: person.email,
          name: person.name,
          email: person.email,
          status: left ? "departed" : "active",
          ...(left ? { departedAt: ago(world, person.leftDaysAgo) } : {}),
        },
      };
    }
  };
  const build = (): ParsedImport => ({
    connector: "push",
    account,
    sourceName: `Staff directory ${world.prefix}${COMPANY}`,
    asOf: world.timeline.at,
    asOfBasis: "given",
    reports: [{ scope, outcome: "complete", observedAt: world.timeline.at }],
    observations: { [Symbol.iterator]: people },
    rejected: [],
    totals: { people: world.people },
    notes: ["Synthetic data: every name in it is invented."],
  });
  return { connector: "push", account, identities: 0, build, planted: [] };
};
