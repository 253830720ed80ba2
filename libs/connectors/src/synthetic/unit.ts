import type { ScopeKey, ScopeReport } from "@rollcall/nhi-model";
import type { ParsedImport, ScopedObservation } from "@rollcall/posture-pipeline";
import type { PlantedProblem, Unit, World } from "./estate.ts";
import { nhiIn } from "./nhi.ts";
import type { Nhi } from "./nhi.ts";
import { happened, viewDaysAgo } from "./timeline.ts";

/** A planted problem with the identity that carries it. `nhi` is told whether the problem exists at the moment of the view. */
export interface Story {
  readonly id: string;
  readonly title: string;
  readonly ruleIds: readonly string[];
  readonly reachesTierZero?: boolean;
  readonly sinceDaysAgo: number;
  readonly fixedDaysAgo?: number;
  readonly nhi: (present: boolean) => Nhi;
}

export interface UnitSpec {
  readonly connector: string;
  readonly account: string;
  readonly sourceName: string;
  /** Dataset the source is listed by; its scope owns all statements of the unit. */
  readonly dataset: string;
  readonly identities: number;
  /** Resources, groups and policies that are there before any identity. */
  readonly preamble: (scope: ScopeKey) => Iterable<ScopedObservation>;
  /** Identities that every such source has. */
  readonly core: readonly Nhi[];
  readonly stories: readonly Story[];
  /** The n-th ordinary identity: a name and a life of its own, from n alone. */
  readonly ordinary: (n: number) => Nhi;
  readonly report?: Partial<Pick<ScopeReport, "outcome" | "note" | "missingPermission">>;
}

/** Identities that existed earlier and were removed within the last 90 days, as a share of the ordinary ones. */
const REMOVED_SHARE = 0.03;

const presentAt = (world: World, story: Story): boolean =>
  happened(world.timeline, story.sinceDaysAgo) && !(story.fixedDaysAgo !== undefined && happened(world.timeline, story.fixedDaysAgo));

function* identitiesOf(world: World, spec: UnitSpec): Generator<Nhi> {
  let left = spec.identities;
  for (const story of spec.stories.slice(0, left)) yield story.nhi(presentAt(world, story));
  left -= Math.min(left, spec.stories.length);
  for (const nhi of spec.core.slice(0, left)) yield nhi;
  left -= Math.min(left, spec.core.length);
  for (let n = 0; n < left; n += 1) yield spec.ordinary(n);
  const random = world.random("removed", spec.connector, spec.account);
  const removed = Math.floor(left * REMOVED_SHARE);
  for (let n = 0; n < removed; n += 1) {
    const nhi = spec.ordinary(left + n);
    yield { ...nhi, bornDaysAgo: Math.max(nhi.bornDaysAgo, 150), goneDaysAgo: random.int(1, 88) };
  }
}

function* observationsOf(world: World, spec: UnitSpec, scope: ScopeKey): Generator<ScopedObservation> {
  yield* spec.preamble(scope);
  for (const nhi of identitiesOf(world, spec)) yield* nhiIn(world, scope, nhi);
}

/** At the end of the story the number is given; on an earlier day it has to be counted. */
const identityTotal = (world: World, spec: UnitSpec): number => {
  if (viewDaysAgo(world.timeline) === 0) return spec.identities;
  let total = 0;
  for (const nhi of identitiesOf(world, spec)) {
    if (happened(world.timeline, nhi.bornDaysAgo) && !(nhi.goneDaysAgo !== undefined && happened(world.timeline, nhi.goneDaysAgo)))
      total += 1;
  }
  return total;
};

export const unitOf = (world: World, spec: UnitSpec): Unit => {
  const scope: ScopeKey = { connector: spec.connector, dataset: spec.dataset, account: spec.account, region: "global" };
  const planted = spec.stories.slice(0, spec.identities).map((story): PlantedProblem => ({
    id: story.id,
    title: story.title,
    connector: spec.connector,
    account: spec.account,
    identityRef: story.nhi(true).ref,
    ruleIds: story.ruleIds,
    reachesTierZero: story.reachesTierZero ?? false,
    sinceDaysAgo: story.sinceDaysAgo,
    fixedDaysAgo: story.fixedDaysAgo ?? null,
  }));
  const build = (): ParsedImport => ({
    connector: spec.connector,
    account: spec.account,
    sourceName: spec.sourceName,
    asOf: world.timeline.at,
    asOfBasis: "given",
    reports: [{ scope, outcome: "complete", observedAt: world.timeline.at, ...spec.report }],
    observations: { [Symbol.iterator]: () => observationsOf(world, spec, scope) },
    rejected: [],
    totals: { identities: identityTotal(world, spec) },
    notes: ["Synthetic data: every name in it is invented."],
  });
  return { connector: spec.connector, account: spec.account, identities: spec.identities, build, planted };
};
