import type { NhiRecord } from "@rollcall/nhi-model";

export type RecordCredential = NonNullable<NhiRecord["credentials"]>[number];
type CredentialKindOfRecord = NonNullable<RecordCredential["kind"]>;

/**
 * Every number of the score in one place. A change of any of them is a new version, because stored scores are only
 * comparable within one version. The caps of all terms add up to 100.
 */
export const weights = {
  version: "2026-11.1",
  caps: {
    blastRadius: 40,
    criticality: 7,
    environment: 3,
    rotationAge: 15,
    secretExposure: 15,
    standing: 5,
    ownership: 4,
    lifecycle: 6,
    trustBoundary: 5,
  },
  /**
   * Blast radius in percent of all that is worth reaching -> points, straight lines in between. Steep at the start:
   * the step from nothing to a few percent matters more than the one from half to everything.
   */
  blastRadiusPoints: [
    [0, 0],
    [0.1, 3],
    [2, 12],
    [10, 24],
    [25, 34],
    [50, 40],
    [100, 40],
  ] as readonly (readonly [number, number])[],
  /** Reaching a tier-0 asset (one that controls everything else) is never worth less than this. */
  tierZeroFloor: 36,
  criticality: { low: 0, medium: 2, high: 5, critical: 7 },
  environment: { prod: 3, shared: 2, staging: 1, test: 0, dev: 0, sandbox: 0 },
  /** Days a credential of this kind may stay unchanged; full points at four times as long. null = not rotated by hand. */
  rotationWindowDays: {
    api_key: 90,
    access_key: 90,
    password: 90,
    pat: 90,
    client_secret: 180,
    oauth_refresh_token: 180,
    ssh_key: 180,
    signing_key: 365,
    x509: null,
    x509_svid: null,
    jwt_svid: null,
    short_lived_token: null,
  } satisfies Record<CredentialKindOfRecord, number | null>,
  rotationFullAtWindows: 4,
  exposure: { livePublic: 15, liveInternal: 12, suspectedPublic: 10, suspectedInternal: 8, dead: 3, keptInTheOpen: 6, keptOutsideStore: 3 },
  standing: { staticCredential: 2, noExpiry: 2, longLife: 1, standingPrivilege: 1 },
  longLifeDays: 365,
  ownership: { none: 4, departed: 4, service: 3, mailbox: 3, team: 1, person: 0 },
  lifecycle: { dormant: 2, dormantLong: 3, workloadGone: 3 },
  dormantDays: 90,
  dormantLongDays: 365,
  dormancyEvidenceDays: 60,
  trust: { vendor: 1, vendorLapsed: 2, outsideTrust: 1, looseTrust: 2, humanUse: 1 },
  vendorVettingDays: 365,
} as const;
