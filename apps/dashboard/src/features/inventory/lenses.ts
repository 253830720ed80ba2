import type { IdentityFilter } from "@/api/views.ts";

export type Lens = NonNullable<IdentityFilter["lens"]>[number];

export const LENSES: readonly { readonly id: Lens; readonly label: string }[] = [
  { id: "unowned", label: "No owner yet" },
  { id: "tier_zero", label: "Controls everything (tier 0)" },
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

/** What a view means, said where it is chosen. */
export const LENS_MEANING: Readonly<Record<Lens, string>> = {
  unowned: "Nobody answers for these yet.",
  tier_zero:
    "Tier 0: from here somebody can come to control a whole account, cluster or organisation, and with it everything in it. Counted without conditions that could not be checked.",
  over_privileged: "These may do more than they were seen doing.",
  rotation_overdue: "A credential is older than the policy of the workspace allows.",
  dormant: "Not used for 90 days, as far as their sources record use.",
  expiring_30: "A credential ends within 30 days.",
  expiring_60: "A credential ends in 31 to 60 days.",
  expiring_90: "A credential ends in 61 to 90 days.",
  expired: "A credential has ended already.",
  external: "Somebody outside of your organisation is trusted to act as these.",
  ai_agent: "Agents and what they run as.",
  unknown_use: "No source says whether these are used: neither good nor bad, and worth a look.",
  with_findings: "At least one finding is open.",
};

export const ALL_LENSES: readonly Lens[] = [...LENSES, ...FURTHER_LENSES].map((lens) => lens.id);
