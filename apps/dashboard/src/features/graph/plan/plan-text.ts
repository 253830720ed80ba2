import type { PlanChange } from "@/api/views.ts";

/** A plan as it stands in an address. */
export const planText = (changes: readonly PlanChange[]): string => (changes.length === 0 ? "" : JSON.stringify(changes));

const KINDS: ReadonlySet<string> = new Set<PlanChange["kind"]>([
  "revoke_credential",
  "rotate_credential",
  "delete_identity",
  "remove_grant",
  "remove_statement",
  "narrow_statement",
  "narrow_policy",
]);

/** The plan of an address; what cannot be read is no plan. The server judges the rest. */
export function planOf(text: string): readonly PlanChange[] {
  if (text === "") return [];
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return [];
    return parsed.filter(
      (step): step is PlanChange => typeof step === "object" && step !== null && KINDS.has(String((step as { kind?: unknown }).kind)),
    );
  } catch {
    return [];
  }
}

export const sameChange = (a: PlanChange, b: PlanChange): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The plan with these steps in it, or without them when all of them are in it already. */
export function toggled(plan: readonly PlanChange[], changes: readonly PlanChange[]): readonly PlanChange[] {
  const missing = changes.filter((change) => !plan.some((step) => sameChange(step, change)));
  if (missing.length > 0) return [...plan, ...missing];
  return plan.filter((step) => !changes.some((change) => sameChange(step, change)));
}
