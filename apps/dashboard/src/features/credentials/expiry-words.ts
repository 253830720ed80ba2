import type { Inputs } from "@/api/trpc.ts";

export type ExpiryPart = NonNullable<NonNullable<Inputs["credentials"]["list"]["filter"]>["expiry"]>;

/** The parts of the forecast in its order, as the posture page and the list name them. */
export const EXPIRY_PARTS: readonly { readonly id: ExpiryPart; readonly label: string }[] = [
  { id: "expired", label: "Already expired" },
  { id: "in30", label: "Within 30 days" },
  { id: "in60", label: "31 to 60 days" },
  { id: "in90", label: "61 to 90 days" },
  { id: "later", label: "Later" },
  { id: "none", label: "Never expires" },
  { id: "unknown", label: "Expiry unknown" },
];
