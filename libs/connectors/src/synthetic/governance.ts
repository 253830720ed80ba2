import type { ScopeKey, StatedFact } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import { ago, agoLately, hasLeft, personOf, teamOf } from "./estate.ts";
import type { Person, World } from "./estate.ts";
import { identityIn } from "./statement.ts";
import type { IdentityStatement } from "./statement.ts";
import { happened, lastUse } from "./timeline.ts";

export type Environment = "prod" | "staging" | "test" | "dev" | "sandbox" | "shared";

/** Who answers for an identity, in the words of the source. */
export type Ownership =
  | { readonly by: "person"; readonly person: Person }
  | { readonly by: "team"; readonly person: Person | null; readonly team: string }
  | { readonly by: "nobody" };

/** An identity with the governance around it, as a story tells it. Days are days before `asOf`. */
export interface Subject extends Omit<IdentityStatement, "facts"> {
  readonly serviceIndex: number;
  readonly bornDaysAgo: number;
  /** null = the source says it was never used; undefined = the source cannot say. */
  readonly quietSinceDaysAgo?: number | null;
  readonly environment: Environment | null;
  readonly facts?: Readonly<Record<string, StatedFact>>;
  /** Overrides what chance would decide. */
  readonly registered?: boolean;
  readonly ownership?: Ownership;
  readonly observedDays?: number;
}

const CADENCE_DAYS = [90, 180] as const;

const ownershipOf = (world: World, subject: Subject): Ownership => {
  if (subject.ownership !== undefined) return subject.ownership;
  const random = world.random("owner", subject.ref);
  const roll = random.next();
  // A service's people are few: picking near the service index makes the same names come back on the same service.
  const person = personOf(world, (subject.serviceIndex * 3 + random.int(0, 2)) % world.people);
  const team = teamOf(subject.serviceIndex);
  if (roll < 0.46) return { by: "person", person };
  if (roll < 0.62) return { by: "team", person, team };
  if (roll < 0.7) return { by: "team", person: null, team };
  return { by: "nobody" };
};

const registeredFacts = (world: World, subject: Subject): Record<string, StatedFact> => {
  const random = world.random("register", subject.ref);
  const domain = subject.name.replace(/^(svc|gha|ci|app)[-_]/, "").replace(/[-_]/g, " ");
  const cadence = random.pick(CADENCE_DAYS);
  const reviewed = random.int(2, cadence === 90 ? 80 : 88);
  const reviewedAt = random.chance(0.12) ? reviewed + 120 : reviewed;
  return {
    "inventory.registered": true,
    purpose: `Runs ${domain} for ${teamOf(subject.serviceIndex)}`,
    "workload.status": "running",
    criticality:
      subject.environment === "prod"
        ? random.pick(["medium", "high", "high", "medium", "low"] as const)
        : random.pick(["low", "low", "medium"] as const),
    "review.lastReviewedAt": agoLately(world, Math.min(subject.bornDaysAgo, reviewedAt), cadence),
    "review.cadenceDays": cadence,
    "lifecycle.retirementTrigger": "service retired in the service register",
    "lifecycle.offboardingRunbook": `runbooks/retire/${subject.name}`,
    "owner.business": `${teamOf(subject.serviceIndex).replace("-team", "")} product lead`,
    ...(random.chance(0.8) ? { "dependencies.mappedAt": agoLately(world, Math.min(subject.bornDaysAgo, random.int(1, 170)), 120) } : {}),
  };
};

/** What a source that only lists identities cannot answer is stated, so that it is counted as a gap and not guessed. */
const discoveredFacts: Readonly<Record<string, StatedFact>> = {
  purpose: { unknown: "not_offered" },
  criticality: { unknown: "not_offered" },
  "workload.status": { unknown: "not_collected" },
  "inventory.registered": false,
};

/** Share of identities that somebody entered in the service register. */
const REGISTERED_SHARE = 0.58;

export const isVisible = (world: World, bornDaysAgo: number, goneDaysAgo: number | null = null): boolean =>
  happened(world.timeline, bornDaysAgo) && !(goneDaysAgo !== null && happened(world.timeline, goneDaysAgo));

function* owners(world: World, scope: ScopeKey, subject: Subject): Generator<ScopedObservation> {
  const ownership = ownershipOf(world, subject);
  if (ownership.by === "nobody") return;
  const claim = (
    mark: string,
    ownerKind: "person" | "team",
    label: string,
    signal: string,
    weight: number,
    personRef?: string,
  ): ScopedObservation => ({
    scope,
    observation: {
      kind: "owner",
      ref: `${subject.ref}#owner/${mark}`,
      identityRef: subject.ref,
      ownerKind,
      label,
      signal,
      weight,
      ...(personRef === undefined ? {} : { personRef }),
    },
  });
  if (ownership.by === "person") yield claim("tag", "person", ownership.person.email, "tag:owner", 0.8, ownership.person.email);
  else yield claim("team", "team", ownership.team, "tag:team", 0.6);
  if (ownership.by === "team" && ownership.person !== null) {
    yield claim("lead", "person", `${ownership.person.name} (${ownership.team})`, "team-lead", 0.75, ownership.person.email);
  }
  const random = world.random("creator", subject.ref);
  if (ownership.by === "person" && random.chance(0.2)) {
    const creator = personOf(world, random.int(0, world.people - 1));
    yield claim("creator", "person", creator.email, "creator", 0.3, creator.email);
  }
}

/** The identity, who claims it and when it was used: three kinds of statement of one source. */
export function* subjectIn(world: World, scope: ScopeKey, subject: Subject): Generator<ScopedObservation> {
  const random = world.random("subject", subject.ref);
  // The register is being filled: a third of its entries were made within the last 110 days.
  const enteredDaysAgo = random.chance(0.33) ? random.int(1, 110) : subject.bornDaysAgo;
  const registered =
    subject.registered ??
    (subject.bornDaysAgo > 3 && random.chance(REGISTERED_SHARE) && happened(world.timeline, Math.min(enteredDaysAgo, subject.bornDaysAgo)));
  const {
    serviceIndex: _service,
    bornDaysAgo,
    quietSinceDaysAgo,
    environment,
    facts,
    registered: _registered,
    ownership: _ownership,
    observedDays,
    ...statement
  } = subject;
  yield identityIn(scope, {
    ...statement,
    facts: {
      createdAt: ago(world, bornDaysAgo),
      status: "active",
      environment: environment ?? { unknown: "not_offered" },
      ...(registered ? registeredFacts(world, subject) : discoveredFacts),
      "inventory.firstSeenAt": ago(world, Math.min(bornDaysAgo, 120)),
      ...facts,
    },
  });
  yield* owners(world, scope, subject);
  if (quietSinceDaysAgo === undefined) return;
  const usedAt =
    quietSinceDaysAgo === null ? undefined : lastUse(world.timeline, { quietSinceDaysAgo, gapDays: random.int(1, 60) / 24, bornDaysAgo });
  yield {
    scope,
    observation: {
      kind: "usage",
      ref: `${subject.ref}#usage`,
      identityRef: subject.ref,
      ...(usedAt === undefined ? {} : { lastUsedAt: usedAt }),
      observedDays: observedDays ?? 120,
      attributes: {},
    },
  };
}

/** Born and quiet days of an ordinary identity: most are old and in use, some new, some forgotten. */
export const ordinaryLife = (world: World, ref: string): { readonly bornDaysAgo: number; readonly quietSinceDaysAgo: number } => {
  const random = world.random("life", ref);
  const bornDaysAgo = random.chance(0.1) ? random.int(1, 89) : random.int(90, 1300);
  const forgotten = random.chance(0.09);
  return { bornDaysAgo, quietSinceDaysAgo: forgotten ? Math.min(bornDaysAgo - 1, random.int(40, 420)) : 0 };
};

export const presentOwner = (world: World, startIndex: number): Ownership => {
  for (let index = startIndex; index < startIndex + 50; index += 1) {
    const person = personOf(world, index % world.people);
    if (person.leftDaysAgo === null) return { by: "person", person };
  }
  throw new RangeError("no present person near this index");
};

export const ownerWhoLeft = (world: World, startIndex: number): { readonly ownership: Ownership; readonly leftDaysAgo: number } => {
  for (let index = startIndex; index < startIndex + 400; index += 1) {
    const person = personOf(world, index % world.people);
    if (person.leftDaysAgo !== null && hasLeft(world, person))
      return { ownership: { by: "person", person }, leftDaysAgo: person.leftDaysAgo };
  }
  throw new RangeError("nobody has left near this index");
};
