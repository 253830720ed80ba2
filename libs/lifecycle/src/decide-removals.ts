/** What a run would take away from one scope that was listed completely. */
export interface ScopeRemoval {
  readonly scopeId: string;
  readonly existing: number;
  readonly absent: number;
}

export interface RemovalDecision {
  readonly decision: "apply" | "hold";
  /** Scopes whose removals may be applied. */
  readonly apply: readonly string[];
  /** Scopes whose removals wait for a person, each with the reason. */
  readonly held: readonly { readonly scopeId: string; readonly reason: string }[];
}

export const removalLimits = { perScope: 10, perScopeShare: 0.1, perRun: 500 } as const;

/**
 * The breaker against a listing that only looks complete. One suspicious scope holds the removals of the whole run:
 * what broke it may have thinned out the others too. Additions are never held.
 */
export function decideRemovals(scopes: readonly ScopeRemoval[]): RemovalDecision {
  const losing = scopes.filter((scope) => scope.absent > 0);
  const total = losing.reduce((sum, scope) => sum + scope.absent, 0);
  const reasons = losing.map((scope) => ({ scopeId: scope.scopeId, reason: scopeReason(scope) }));
  const tooMany = total > removalLimits.perRun ? `${total} objects would disappear in one run (limit ${removalLimits.perRun}).` : null;
  if (tooMany === null && reasons.every(({ reason }) => reason === null)) {
    return { decision: "apply", apply: losing.map((scope) => scope.scopeId), held: [] };
  }
  const fallback = tooMany ?? "Another scope of this run is held; its removals wait together.";
  return { decision: "hold", apply: [], held: reasons.map(({ scopeId, reason }) => ({ scopeId, reason: reason ?? fallback })) };
}

function scopeReason({ existing, absent }: ScopeRemoval): string | null {
  if (absent >= existing) return `All ${existing} objects of this scope would disappear.`;
  if (absent <= removalLimits.perScope || absent <= existing * removalLimits.perScopeShare) return null;
  return `${absent} of ${existing} objects of this scope would disappear (${Math.round((100 * absent) / existing)} %).`;
}
