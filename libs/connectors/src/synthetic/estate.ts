import type { ParsedImport } from "@rollcall/posture-pipeline";
import { COMPANY_DOMAIN, DOMAINS, FIRST_NAMES, LAST_NAMES, PLATFORM_TEAMS } from "./names.ts";
import { digitsOf, randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import { daysAgo, happened, lately, timelineOf } from "./timeline.ts";
import type { Timeline } from "./timeline.ts";

export interface EstateOptions {
  /** Identities at `asOf`, exactly. At least 300, so that every kind of source has its core. */
  readonly identities: number;
  readonly seed: number;
  /** The day the story ends, RFC 3339. All ages are told relative to it. */
  readonly asOf: string;
  /** The day the estate is looked at; default `asOf`. Earlier days show the same company earlier. */
  readonly at?: string;
  /** Put before account, cluster and organisation names, so that several estates can live side by side. */
  readonly prefix?: string;
}

/** A problem put there on purpose: what a correct analysis has to find. */
export interface PlantedProblem {
  readonly id: string;
  readonly title: string;
  readonly connector: string;
  readonly account: string;
  readonly identityRef: string;
  /** Rules that must fail on that identity while the problem exists. */
  readonly ruleIds: readonly string[];
  /** The identity can reach a tier-0 asset: what its path looks like is for the access graph to say. */
  readonly reachesTierZero: boolean;
  /** First day it can be seen, and the day it was fixed (null = still there), in days before `asOf`. */
  readonly sinceDaysAgo: number;
  readonly fixedDaysAgo: number | null;
}

/** What every unit of the estate (one account, cluster, organisation) is generated from. No unit reads another unit's output. */
export interface World {
  readonly seed: number;
  readonly prefix: string;
  readonly timeline: Timeline;
  readonly awsAccounts: number;
  readonly clusters: number;
  readonly services: number;
  readonly people: number;
  readonly random: (...parts: readonly (string | number)[]) => Random;
}

/** One source of the estate. `build` is called when the import is read, so that an estate of a million needs no more memory than one of a hundred. */
export interface Unit {
  readonly connector: string;
  readonly account: string;
  readonly identities: number;
  readonly build: () => ParsedImport;
  readonly planted: readonly PlantedProblem[];
}

export const worldOf = (options: EstateOptions): World => {
  if (!Number.isInteger(options.identities) || options.identities < 300)
    throw new RangeError("identities must be a whole number of at least 300");
  const { identities: n, seed, prefix = "" } = options;
  return {
    seed,
    prefix,
    timeline: timelineOf(options.asOf, options.at ?? options.asOf),
    // Accounts and clusters grow with the square root, as in real companies: more of them, and larger ones.
    awsAccounts: Math.max(5, Math.round((n * 0.37) / (1.75 * Math.sqrt(n)))),
    clusters: Math.max(2, Math.round((n * 0.24) / (2.4 * Math.sqrt(n)))),
    services: Math.max(40, Math.round(n / 12)),
    people: Math.max(80, Math.round(n / 9)),
    random: (...parts) => randomFor(seed, prefix, ...parts),
  };
};

export interface Person {
  readonly email: string;
  readonly name: string;
  /** Days before the anchor on which the person left; null = still there. */
  readonly leftDaysAgo: number | null;
}

const round = (n: number, size: number): string => (n < size ? "" : String(Math.floor(n / size) + 1));

export const personOf = (world: World, index: number): Person => {
  const combinations = FIRST_NAMES.length * LAST_NAMES.length;
  // 7 and 11 are coprime with the lists: the first combinations already look mixed.
  const first = FIRST_NAMES[(index * 7) % FIRST_NAMES.length] as string;
  const last = LAST_NAMES[(index * 11 + Math.floor(index / FIRST_NAMES.length)) % LAST_NAMES.length] as string;
  const random = world.random("person", index);
  const left = random.chance(0.09) ? (random.chance(0.35) ? random.int(4, 85) : random.int(95, 600)) : null;
  return {
    email: `${first}.${last}${round(index, combinations)}@${COMPANY_DOMAIN}`.toLowerCase(),
    name: `${first} ${last}`,
    leftDaysAgo: left,
  };
};

export const hasLeft = (world: World, person: Person): boolean =>
  person.leftDaysAgo !== null && happened(world.timeline, person.leftDaysAgo);

export const teamOf = (serviceIndex: number): string =>
  serviceIndex % 5 === 4
    ? (PLATFORM_TEAMS[serviceIndex % PLATFORM_TEAMS.length] as string)
    : `${DOMAINS[serviceIndex % DOMAINS.length] as string}-team`;

export const ago = (world: World, days: number): string => daysAgo(world.timeline, days);

/** The newest occurrence of something that is repeated (a review, a test, a vetting) at the moment of the view. */
export const agoLately = (world: World, newestDaysAgo: number, everyDays: number): string =>
  lately(world.timeline, newestDaysAgo, everyDays);

export type AwsStage = "prod" | "staging" | "dev" | "data" | "security";
export const AWS_STAGES: readonly AwsStage[] = ["prod", "staging", "dev", "data", "security"];
const AWS_TRACKS = ["core", "commerce", "logistics", "growth", "finance", "mobile"] as const;

export interface AwsAccount {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly stage: AwsStage;
  /** Environment tag of what lives there; null where accounts mix. */
  readonly environment: "prod" | "staging" | "dev" | "shared";
}

export const awsAccountOf = (world: World, index: number): AwsAccount => {
  const stage = AWS_STAGES[index % AWS_STAGES.length] as AwsStage;
  const track = Math.floor(index / AWS_STAGES.length);
  const name = `${AWS_TRACKS[track % AWS_TRACKS.length] as string}${round(track, AWS_TRACKS.length)}-${stage}`;
  const environment = stage === "data" ? "prod" : stage === "security" ? "shared" : stage;
  return { index, id: digitsOf(12, world.seed, world.prefix, "aws", index), name: `${world.prefix}${name}`, stage, environment };
};

export interface Cluster {
  readonly index: number;
  readonly name: string;
  readonly environment: "prod" | "staging" | "dev";
  readonly awsAccount: AwsAccount;
}

export const clusterOf = (world: World, index: number): Cluster => {
  const environments = ["prod", "staging", "prod", "dev"] as const;
  const environment = environments[index % environments.length] as Cluster["environment"];
  const regions = ["eu1", "eu1", "us1", "eu1"] as const;
  const stageIndex = environment === "prod" ? 0 : environment === "staging" ? 1 : 2;
  const track = Math.floor(index / environments.length);
  const account = awsAccountOf(
    world,
    Math.min(world.awsAccounts - 1, stageIndex + (track % Math.max(1, Math.floor(world.awsAccounts / 5))) * 5),
  );
  return {
    index,
    name: `${world.prefix}${environment}-${regions[index % regions.length] as string}${round(track, 1) === "1" ? "" : `-${track + 1}`}`,
    environment,
    awsAccount: account,
  };
};
