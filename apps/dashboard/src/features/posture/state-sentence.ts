import type { Posture } from "@/api/views.ts";
import { formatDecimal, plural } from "@/ui/format.ts";

/** The state of the workspace in one sentence, without judging: what moved, and what waits. */
export function stateSentence(posture: Posture): string {
  if (posture.score === null) return "No check could be answered yet from what is connected.";
  const month = posture.changes.find((change) => change.days === 30)?.score ?? null;
  const moved =
    month === null
      ? `Posture is ${formatDecimal(posture.score)} of 100`
      : Math.abs(month) < 0.05
        ? `Posture is ${formatDecimal(posture.score)}, as it was 30 days ago`
        : `Posture is ${formatDecimal(posture.score)}, ${month > 0 ? "up" : "down"} ${formatDecimal(Math.abs(month))} in 30 days`;
  const { critical, high } = posture.openFindings;
  const waiting =
    critical > 0
      ? `${plural(critical, "critical finding")} ${critical === 1 ? "waits" : "wait"} for somebody`
      : high > 0
        ? `nothing critical is open, ${plural(high, "high finding")} ${high === 1 ? "is" : "are"}`
        : "no critical or high finding is open";
  return `${moved}; ${waiting}.`;
}
