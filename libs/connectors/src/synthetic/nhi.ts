import type { CredentialKind, ScopeKey, StatedFact } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import { ago } from "./estate.ts";
import type { World } from "./estate.ts";
import { isVisible, subjectIn } from "./governance.ts";
import type { Subject } from "./governance.ts";
import { hexOf } from "./random.ts";
import { credentialIn, grantIn, resourceIn } from "./statement.ts";
import type { GrantStatement, ResourceStatement } from "./statement.ts";
import { lastOccurrence, lastUse, viewDaysAgo } from "./timeline.ts";

export interface CredentialSpec {
  readonly ref: string;
  readonly credentialKind: CredentialKind;
  readonly name?: string;
  readonly bornDaysAgo: number;
  /** 0 = never rotated. */
  readonly rotateEveryDays: number;
  /** null = no expiry; undefined = the source does not say. Days of life from the last rotation. */
  readonly lifetimeDays?: number | null;
  readonly quietSinceDaysAgo?: number;
  readonly static?: boolean;
  /** Only where the value itself was seen and could be fingerprinted; the same word gives the same fingerprint. */
  readonly fingerprintOf?: string;
  readonly facts?: Readonly<Record<string, StatedFact>>;
}

/** One machine identity with all that one source says about it. */
export interface Nhi extends Subject {
  readonly credentials?: readonly CredentialSpec[];
  readonly grants?: readonly GrantStatement[];
  readonly resources?: readonly ResourceStatement[];
  readonly goneDaysAgo?: number;
}

const DAY_MS = 86_400_000;

const expiryFacts = (spec: CredentialSpec, rotatedAt: string): Record<string, StatedFact> => {
  if (spec.lifetimeDays === undefined) return {};
  if (spec.lifetimeDays === null) return { hasExpiry: false };
  return {
    hasExpiry: true,
    lifetimeDays: spec.lifetimeDays,
    expiresAt: new Date(Date.parse(rotatedAt) + spec.lifetimeDays * DAY_MS).toISOString(),
  };
};

const credentialOf = (world: World, scope: ScopeKey, nhi: Nhi, spec: CredentialSpec): ScopedObservation => {
  const born = Math.max(spec.bornDaysAgo, viewDaysAgo(world.timeline));
  const rotatedAt = lastOccurrence(world.timeline, born, spec.rotateEveryDays);
  const gapDays = world.random("used", spec.ref).int(1, 40) / 24;
  return credentialIn(scope, {
    ref: spec.ref,
    identityRef: nhi.ref,
    credentialKind: spec.credentialKind,
    name: spec.name ?? spec.ref.slice(spec.ref.lastIndexOf("/") + 1),
    ...(spec.fingerprintOf === undefined ? {} : { fingerprint: hexOf(64, world.seed, world.prefix, "fingerprint", spec.fingerprintOf) }),
    facts: {
      status: "active",
      static: spec.static ?? true,
      createdAt: ago(world, born),
      lastRotatedAt: rotatedAt,
      ...expiryFacts(spec, rotatedAt),
      ...(spec.quietSinceDaysAgo === undefined
        ? {}
        : { lastUsedAt: lastUse(world.timeline, { quietSinceDaysAgo: spec.quietSinceDaysAgo, gapDays, bornDaysAgo: born }) }),
      ...spec.facts,
    },
  });
};

export function* nhiIn(world: World, scope: ScopeKey, nhi: Nhi): Generator<ScopedObservation> {
  if (!isVisible(world, nhi.bornDaysAgo, nhi.goneDaysAgo ?? null)) return;
  const { credentials, grants, resources, goneDaysAgo: _gone, ...subject } = nhi;
  for (const resource of resources ?? []) yield resourceIn(scope, resource);
  yield* subjectIn(world, scope, subject);
  for (const credential of credentials ?? []) {
    if (isVisible(world, credential.bornDaysAgo)) yield credentialOf(world, scope, nhi, credential);
  }
  for (const grant of grants ?? []) yield grantIn(scope, grant);
}
