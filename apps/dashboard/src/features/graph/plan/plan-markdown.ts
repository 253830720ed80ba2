import type { WhatIf } from "@/api/views.ts";
import { formatCount, formatInterval } from "@/ui/format.ts";
import { nodeNoun } from "../nouns.ts";

const USED = { used: "used in the last 90 days", unused: "not used in 90 days", unknown: "use not known" } as const;

/** Names from sources may hold anything; in a document they are only text. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, " ");

/** The plan as a text that stands by itself: steps, effect, what breaks, what is left open. */
export function planMarkdown(answer: WhatIf, link: string): string {
  const { focus, broken, brokenTotal, steps, riskCutPct, consumersToUpdate, inexact, atLeast } = answer;
  const lines = [
    `# ${focus ? `Plan for ${plain(focus.node.label)}` : "Plan"}`,
    "",
    "## Steps",
    ...steps.map((step, index) => `${index + 1}. ${plain(step.title)}`),
    "",
    "## Effect",
    ...(focus
      ? [
          `- Blast radius: ${formatInterval(focus.pct.before)} % before, ${formatInterval(focus.pct.after)} % after`,
          ...(focus.score ? [`- Score: ${formatInterval(focus.score.before)} before, ${formatInterval(focus.score.after)} after`] : []),
          `- Out of reach: ${formatCount(focus.outOfReach)} assets; reached with less, or only if a condition holds: ${formatCount(focus.lostTotal - focus.outOfReach)}; sensitive ones still reached: ${formatCount(focus.remainingTotal)}`,
        ]
      : []),
    `- Risk of the workspace: ${riskCutPct} % less`,
    "",
    `## What stops working (${formatCount(brokenTotal)})`,
    ...broken.slice(0, 30).map(({ node, used }) => `- ${plain(node.label)} (${nodeNoun(node)}): ${USED[used]}`),
    ...(brokenTotal > 30 ? [`- and ${formatCount(brokenTotal - 30)} more`] : []),
    ...(consumersToUpdate.length > 0
      ? ["", "## Need the new value", ...consumersToUpdate.map((node) => `- ${plain(node.label)} (${nodeNoun(node)})`)]
      : []),
    ...(inexact.length > 0 || atLeast
      ? [
          "",
          "## Left open",
          ...inexact.map((reason) => `- ${plain(reason)}`),
          ...(atLeast ? ["- Grants that were not read, or not lately, may add to what remains."] : []),
        ]
      : []),
    "",
    link,
    "",
  ];
  return lines.join("\n");
}
