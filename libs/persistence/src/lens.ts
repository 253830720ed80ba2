import type { IdentityFilter } from "@rollcall/posture-pipeline";

export type Lens = NonNullable<IdentityFilter["lens"]>[number];

const expiresWithin = (days: number): string => `s.next_expiry_at >= s.as_of and s.next_expiry_at < s.as_of + interval '${days} days'`;

/**
 * What each lens shows, over `identity_score s`. Tiles count with these and lists filter with these, so a number and the rows
 * behind it cannot differ.
 */
export const lensPredicates: Readonly<Record<Lens, string>> = {
  unowned: "s.owner_label is null",
  dormant: "s.dormant",
  tier_zero: "s.tier_zero_min",
  expiring_30: expiresWithin(30),
  expiring_60: expiresWithin(60),
  expiring_90: expiresWithin(90),
  expired: "s.expired",
  rotation_overdue: "s.rotation_overdue",
  external: "s.external",
  unknown_use: "s.unknown_use",
  over_privileged: "s.over_privileged",
  ai_agent: "s.kind = 'ai_agent'",
  with_findings: "s.open_findings > 0",
};
