import type { Framework } from "@/api/views.ts";

type Coverage = Framework["summary"];

/** How much of a framework the checks can speak about: full ink, half ink, outline, hatch. */
const FILLS: Readonly<Record<keyof Coverage, string>> = {
  covered: "bg-accent",
  partial: "bg-accent/45",
  manual: "bg-line-strong",
  not_assessable: "hatch",
};

const WORDS: Readonly<Record<keyof Coverage, string>> = {
  covered: "checked",
  partial: "checked in part",
  manual: "by hand",
  not_assessable: "not assessable here",
};
const ORDER = ["covered", "partial", "manual", "not_assessable"] as const;

export function coverageSentence(summary: Coverage): string {
  return ORDER.filter((coverage) => summary[coverage] > 0)
    .map((coverage) => `${summary[coverage]} ${WORDS[coverage]}`)
    .join(", ");
}

export function CoverageBar({ summary }: { summary: Coverage }) {
  const all = Math.max(
    1,
    ORDER.reduce((sum, coverage) => sum + summary[coverage], 0),
  );
  return (
    <span aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-sm bg-line">
      {ORDER.map((coverage) => (
        <span key={coverage} className={FILLS[coverage]} style={{ width: `${(summary[coverage] / all) * 100}%` }} />
      ))}
    </span>
  );
}
