import type { Posture } from "@/api/views.ts";
import { EXPIRY_PARTS, type ExpiryPart } from "@/features/credentials/expiry-words.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";

const FILLS: Readonly<Record<ExpiryPart, string>> = {
  expired: "bg-critical",
  in30: "bg-high",
  in60: "bg-medium",
  in90: "bg-low",
  later: "bg-ink-3",
  none: "bg-ink-3",
  unknown: "hatch",
};

export function ExpiringBars({ expiring }: { expiring: Posture["expiring"] }) {
  const largest = Math.max(1, ...EXPIRY_PARTS.map(({ id }) => expiring[id]));
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
        {EXPIRY_PARTS.map(({ id, label }) => (
          <li key={id}>
            <Link href={`/credentials?expiry=${id}`} className="flex h-7 items-center gap-3 hover:bg-hover">
              <span className="w-32 shrink-0 text-sm text-ink-2">{label}</span>
              <span className={cx("h-4 min-w-px rounded-[2px]", FILLS[id])} style={{ width: `${(expiring[id] / largest) * 55}%` }} />
              <span className="data-link text-sm font-medium">{formatCount(expiring[id])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
