import type { ParsedImport } from "@rollcall/posture-pipeline";
import { awsAccountUnit } from "./aws/aws-account-unit.ts";
import { worldOf } from "./estate.ts";
import type { EstateOptions, PlantedProblem, Unit, World } from "./estate.ts";
import { clusterUnit } from "./kubernetes/cluster-unit.ts";
import { agentUnit } from "./pushed/agent-unit.ts";
import { certificateUnit } from "./pushed/certificate-unit.ts";
import { ciUnit } from "./pushed/ci-unit.ts";
import { databaseUnit } from "./pushed/database-unit.ts";
import { directoryUnit } from "./pushed/directory-unit.ts";
import { githubUnit } from "./pushed/github-unit.ts";
import { saasUnit } from "./pushed/saas-unit.ts";
import { vaultUnit } from "./pushed/vault-unit.ts";
import { daysAgo } from "./timeline.ts";

export interface Estate {
  /** One import per source. Its observations are generated while they are read, and again at every reading. */
  readonly imports: Iterable<ParsedImport>;
  readonly planted: readonly PlantedProblem[];
}

/** Where the identities of a company of this kind live, in percent. */
const SHARES = { aws: 37, kubernetes: 24, github: 11, vault: 6, saas: 6, ci: 5, databases: 5, certificates: 4, agents: 2 } as const;
type Place = keyof typeof SHARES;

/** Whole numbers by share that add up exactly; what rounding leaves over goes to AWS. */
const allotted = (identities: number): Readonly<Record<Place, number>> => {
  const places = Object.keys(SHARES) as Place[];
  const counts = Object.fromEntries(places.map((place) => [place, Math.floor((identities * SHARES[place]) / 100)])) as Record<
    Place,
    number
  >;
  counts.aws += identities - places.reduce((sum, place) => sum + counts[place], 0);
  return counts;
};

/** Splits a number into parts as equal as whole numbers can be. */
const split = (total: number, parts: number): readonly number[] =>
  Array.from({ length: parts }, (_, index) => Math.floor(total / parts) + (index < total % parts ? 1 : 0));

/** A service of the first production account brings six principals; what the landing zone and the stories use comes first. */
const servicesOfProduction = (inFirstAccount: number): number => Math.max(0, Math.floor((inFirstAccount - 36) / 6));

const unitsOf = (world: World, identities: number): readonly Unit[] => {
  const counts = allotted(identities);
  const aws = split(counts.aws, world.awsAccounts);
  const services = servicesOfProduction(aws[0] ?? 0);
  return [
    directoryUnit(world),
    ...aws.map((count, index) => awsAccountUnit(world, index, count)),
    ...split(counts.kubernetes, world.clusters).map((count, index) => clusterUnit(world, index, count)),
    githubUnit(world, counts.github, services),
    databaseUnit(world, counts.databases),
    vaultUnit(world, counts.vault, Math.max(0, counts.databases - 3)),
    saasUnit(world, counts.saas),
    ciUnit(world, counts.ci, services),
    certificateUnit(world, counts.certificates),
    agentUnit(world, counts.agents),
  ];
};

/**
 * A believable company of any size, the same for the same options on every machine. Nothing is kept in memory: each source
 * generates its statements while they are read.
 */
export const generateEstate = (options: EstateOptions): Estate => {
  const world = worldOf(options);
  const units = unitsOf(world, options.identities);
  return {
    imports: {
      *[Symbol.iterator]() {
        for (const unit of units) yield unit.build();
      },
    },
    planted: units.flatMap((unit) => unit.planted),
  };
};

/** The demo organisation: 1,500 identities, seen on five days of the last 90. */
export const DEMO = { identities: 1500, seed: 20_261, viewDaysAgo: [90, 60, 30, 7, 0] } as const;

/** The demo organisation as it was on each of those days, oldest first: ingest and analyse them in this order. */
export const generateDemo = (asOf: string, prefix = ""): readonly (Estate & { readonly at: string })[] => {
  const { timeline } = worldOf({ identities: DEMO.identities, seed: DEMO.seed, asOf, prefix });
  return DEMO.viewDaysAgo.map((days) => {
    const at = daysAgo(timeline, days);
    return { at, ...generateEstate({ identities: DEMO.identities, seed: DEMO.seed, asOf, at, prefix }) };
  });
};
