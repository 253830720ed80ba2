import type { ControlView, FindingFilter, FrameworkView, RuleTally } from "@rollcall/posture-pipeline";

type OpenByRule = Readonly<Record<string, number>>;

export interface FrameworkSummary {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly publisher: string;
  readonly summary: FrameworkView["summary"];
  /** How many controls stand in which state now. */
  readonly statuses: Readonly<Record<ControlView["status"], number>>;
}

declare const pending: never;
export function controlViews(frameworkId: string, tallies: readonly RuleTally[], openByRule: OpenByRule): readonly ControlView[] {
  return frameworkView(frameworkId, tallies, openByRule)?.controls ?? [];
}
export function frameworkView(frameworkId: string, tallies: readonly RuleTally[], openByRule: OpenByRule): FrameworkView | null {
  return pending;
}
export function frameworkSummaries(tallies: readonly RuleTally[]): readonly FrameworkSummary[] {
  return pending;
}
export function rulesOfControl(filter: FindingFilter): FindingFilter {
  return filter;
}
export function controlsOfRule(ruleId: string): readonly { readonly frameworkId: string; readonly frameworkTitle: string; readonly controlId: string; readonly label: string }[] {
  return pending;
}
