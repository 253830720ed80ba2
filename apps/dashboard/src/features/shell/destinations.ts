import { Activity, Boxes, ClipboardCheck, Inbox, Plug, Settings, TriangleAlert, Waypoints, type LucideIcon } from "lucide-react";

export interface Destination {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Second key after G. */
  readonly key: string;
  /** Says something about the whole workspace. */
  readonly whole?: true;
}

export const DESTINATIONS: readonly Destination[] = [
  { href: "/", label: "Posture", icon: Activity, key: "p", whole: true },
  { href: "/inventory", label: "Inventory", icon: Boxes, key: "i" },
  { href: "/findings", label: "Findings", icon: TriangleAlert, key: "f" },
  { href: "/tasks", label: "My tasks", icon: Inbox, key: "t" },
  { href: "/choke-points", label: "Choke points", icon: Waypoints, key: "c", whole: true },
  { href: "/frameworks", label: "Frameworks", icon: ClipboardCheck, key: "w", whole: true },
  { href: "/sources", label: "Sources", icon: Plug, key: "s", whole: true },
  { href: "/settings", label: "Settings", icon: Settings, key: "e" },
];

export function isCurrent(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/";
  if (href === "/inventory" && pathname.startsWith("/identities")) return true;
  if (href === "/choke-points" && pathname.startsWith("/blast-radius")) return true;
  return pathname === href || pathname.startsWith(`${href}/`);
}
