import type { PostureView } from "@rollcall/posture-pipeline";

export interface KpiDefinition extends Pick<PostureView["kpis"][number], "id" | "label" | "unit" | "target" | "betterIs" | "href"> {
  /** Where the figures of the past are kept, when not under the id. */
  readonly detail: (counts: Readonly<Record<string, number>>) => string;
}

const grouped = (count = 0): string => count.toLocaleString("en");

const of =
  (part: string, whole: string, words: string) =>
  (counts: Readonly<Record<string, number>>): string =>
    `${grouped(counts[part])} of ${grouped(counts[whole])} ${words}`;

/** The tiles of the posture page. Each links to the rows it counts; the link's lens is the predicate that counted. */
export const kpiCatalogue: readonly KpiDefinition[] = [
  {
    id: "ownership_coverage",
    label: "Owned identities",
    unit: "%",
    target: 95,
    betterIs: "higher",
    href: "/inventory?lens=unowned",
    detail: of("unowned", "identities", "identities have no owner"),
  },
  {
    id: "rotation_compliance",
    label: "Rotated in time",
    unit: "%",
    target: 95,
    betterIs: "higher",
    href: "/inventory?lens=rotation_overdue",
    detail: of("rotation_overdue", "with_credentials", "identities with credentials are overdue"),
  },
  {
    id: "dormant",
    label: "Dormant",
    unit: "%",
    target: 5,
    betterIs: "lower",
    href: "/inventory?lens=dormant",
    detail: of("dormant", "identities", "identities are not used"),
  },
  {
    id: "over_privileged",
    label: "Over-privileged",
    unit: "%",
    target: 10,
    betterIs: "lower",
    href: "/inventory?lens=over_privileged",
    detail: of("over_privileged", "identities", "identities hold more than they use"),
  },
  {
    id: "tier_zero",
    label: "Control everything (tier 0)",
    unit: "count",
    target: null,
    betterIs: "lower",
    href: "/inventory?lens=tier_zero",
    detail: of("tier_zero", "identities", "identities control what controls everything"),
  },
  {
    id: "no_expiry",
    label: "Credentials without expiry",
    unit: "count",
    target: 0,
    betterIs: "lower",
    href: "/findings?rule=ROT-002",
    detail: of("no_expiry", "identities", "identities hold one"),
  },
  {
    id: "expiring_30",
    label: "Expire within 30 days",
    unit: "count",
    target: 0,
    betterIs: "lower",
    href: "/inventory?lens=expiring_30",
    detail: of("expiring_30", "identities", "identities; plan them before they break"),
  },
  {
    id: "past_sla",
    label: "Tasks past their date",
    unit: "count",
    target: 0,
    betterIs: "lower",
    href: "/tasks?queue=all&overdue=1",
    detail: of("past_sla", "open_tasks", "open tasks are overdue"),
  },
  {
    id: "exceptions",
    label: "Accepted risks",
    unit: "count",
    target: null,
    betterIs: "lower",
    href: "/tasks?queue=all&state=exception",
    detail: of("exceptions", "all_tasks", "tasks are under an exception"),
  },
  {
    id: "mean_days_to_fix",
    label: "Days to fix",
    unit: "days",
    target: 30,
    betterIs: "lower",
    href: "/findings?state=resolved",
    detail: ({ resolved_90 = 0 }) => `${grouped(resolved_90)} ${resolved_90 === 1 ? "finding" : "findings"} resolved in 90 days`,
  },
];
