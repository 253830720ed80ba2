/** When a listing may say that something is gone. Absence is not deletion (model.md): these are the only rules that remove. */

/** What one complete listing of a scope would take away. Counts are objects of that scope. */
export interface ScopeAbsence {
  readonly scopeId: string;
  readonly existing: number;
  readonly absent: number;
}

export interface RemovalDecision {
  readonly held: readonly { readonly scopeId: string; readonly reason: string }[];
}

export const breakerLimits = { perScopeCount: 10, perScopeSharePct: 10, perRunCount: 500 } as const;

/** Two complete listings this far apart must both miss an object before it is gone; in between it is missing. */
export const confirmAbsenceAfterMs = 3_600_000;

/**
 * The breaker: a run that would remove suspiciously much is held for a person. Additions are applied all the same.
 * Holds a scope when more than 10 objects and more than 10 % of it, or all of it, would go; holds every removal of the run
 * when more than 500 would go in all.
 */
export function decideRemovals(scopes: readonly ScopeAbsence[]): RemovalDecision {
  const losing = scopes.filter((s) => s.absent > 0);
  const inAll = losing.reduce((sum, s) => sum + s.absent, 0);
  const held = losing.flatMap((scope) => {
    const reason = reasonToHold(scope, inAll);
    return reason === null ? [] : [{ scopeId: scope.scopeId, reason }];
  });
  return { held };
}

function reasonToHold({ existing, absent }: ScopeAbsence, inAll: number): string | null {
  if (inAll > breakerLimits.perRunCount) return `This run would remove ${inAll} objects, more than ${breakerLimits.perRunCount}.`;
  if (absent >= existing) return `This run would empty a listing of ${existing} ${existing === 1 ? "object" : "objects"}.`;
  if (absent > breakerLimits.perScopeCount && absent * 100 > existing * breakerLimits.perScopeSharePct) {
    return `This run would remove ${absent} of ${existing} objects of one listing.`;
  }
  return null;
}

export type Presence = "present" | "missing" | "gone";

/** State of an object after a complete listing that does not show it. Times are the listings' own dates (RFC 3339). */
export function absenceState(missingSince: string | null, listedAt: string): { readonly state: Presence; readonly missingSince: string } {
  if (missingSince === null || missingSince > listedAt) return { state: "missing", missingSince: listedAt };
  const confirmed = Date.parse(listedAt) - Date.parse(missingSince) >= confirmAbsenceAfterMs;
  return { state: confirmed ? "gone" : "missing", missingSince };
}
