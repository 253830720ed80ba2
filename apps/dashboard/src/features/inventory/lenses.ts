import type { IdentityFilter } from "@/api/views.ts";

export type Lens = NonNullable<IdentityFilter["lens"]>[number];

export const LENSES: readonly { readonly id: Lens; readonly label: string }[] = [
  { id: "unowned", label: "No owner yet" },
  { id: "tier_zero", label: "Controls everything" },
  { id: "over_privileged", label: "More access than used" },
  { id: "rotation_overdue", label: "Rotation overdue" },
  { id: "dormant", label: "Not used for 90 days" },
  { id: "expiring_30", label: "Expires in 30 days" },
  { id: "external", label: "Trusted from outside" },
  { id: "ai_agent", label: "AI agents" },
  { id: "unknown_use", label: "Use unknown" },
  { id: "with_findings", label: "With open findings" },
];

/** Reached by links from the posture page; shown as a tab only while active. */
export const FURTHER_LENSES: readonly { readonly id: Lens; readonly label: string }[] = [
  { id: "expired", label: "Already expired" },
  { id: "expiring_60", label: "Expires in 31 to 60 days" },
  { id: "expiring_90", label: "Expires in 61 to 90 days" },
];

export const ALL_LENSES: readonly Lens[] = [...LENSES, ...FURTHER_LENSES].map((lens) => lens.id);
