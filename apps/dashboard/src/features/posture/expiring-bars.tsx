import type { Posture } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";

interface Bar {
  readonly label: string;
  readonly count: number;
  readonly fill: string;
  readonly href: string | null;
}

function bars(expiring: Posture["expiring"]): readonly Bar[] {
  return [
    { label: "Already expired", count: expiring.expired, fill: "bg-critical", href: "/inventory?lens=expired" },
    { label: "Within 30 days", count: expiring.in30, fill: "bg-high", href: "/inventory?lens=expiring_30" },
    { label: "31 to 60 days", count: expiring.in60, fill: "bg-medium", href: "/inventory?lens=expiring_60" },
    { label: "61 to 90 days", count: expiring.in90, fill: "bg-low", href: "/inventory?lens=expiring_90" },
    { label: "Later", count: expiring.later, fill: "bg-ink-3", href: null },
    { label: "Never expires", count: expiring.none, fill: "bg-ink-3", href: null },
    { label: "Expiry unknown", count: expiring.unknown, fill: "hatch", href: null },
  ];
}

export function ExpiringBars({ expiring }: { expiring: Posture["expiring"] }) {
  const all = bars(expiring);
  const largest = Math.max(1, ...all.map((bar) => bar.count));
  const soon = expiring.in30 + expiring.in60 + expiring.in90;
  return (
    <Section
      title={
        soon === 0
          ? "No credential is known to expire in the next 90 days"
          : `${plural(soon, "credential expires", "credentials expire")} in the next 90 days`
      }
    >
      <ul className="flex flex-col">
        {all.map((bar) => {
          const row = (
            <>
              <span className="w-32 shrink-0 text-sm text-ink-2">{bar.label}</span>
              <span className={cx("h-4 min-w-px rounded-[2px]", bar.fill)} style={{ width: `${(bar.count / largest) * 55}%` }} />
              <span className={cx("text-sm font-medium", bar.href && "data-link")}>{formatCount(bar.count)}</span>
            </>
          );
          return (
            <li key={bar.label}>
              {bar.href ? (
                <Link href={bar.href} className="flex h-7 items-center gap-3 hover:bg-hover">
                  {row}
                </Link>
              ) : (
                <span className="flex h-7 items-center gap-3">{row}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
