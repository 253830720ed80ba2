import type { Posture } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, formatSigned } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";
import { Unknown } from "@/ui/unknown.tsx";

const HEAD = "pb-1.5 text-right text-sm font-normal text-ink-3";
const CELL = "py-1.5 text-right";

function ScoreChange({ value }: { value: number | null }) {
  if (value === null) return <Unknown label="No earlier point" />;
  return <span className={cx("font-medium", value > 0 && "text-good", value < 0 && "text-critical")}>{formatSigned(value)}</span>;
}

export function ChangesTable({ changes }: { changes: Posture["changes"] }) {
  return (
    <Section title="What changed">
      <table className="w-full">
        <thead>
          <tr>
            <th className={cx(HEAD, "text-left")}>In the last</th>
            <th className={HEAD}>Posture</th>
            <th className={HEAD}>Opened</th>
            <th className={HEAD}>Resolved</th>
            <th className={HEAD}>New identities</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.days} className="border-t border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {change.days} days
              </th>
              <td className={CELL}>
                <ScoreChange value={change.score} />
              </td>
              <td className={CELL}>
                <Link className="data-link" href={`/findings?state=any&since=${encodeURIComponent(change.since)}`}>
                  {formatCount(change.opened)}
                </Link>
              </td>
              <td className={CELL}>
                <Link className="data-link" href={`/findings?state=resolved&since=${encodeURIComponent(change.since)}`}>
                  {formatCount(change.resolved)}
                </Link>
              </td>
              <td className={CELL}>
                <Link className="data-link" href={`/inventory?since=${encodeURIComponent(change.since)}`}>
                  {formatCount(change.newIdentities)}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
