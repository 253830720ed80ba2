import type { Posture } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, formatSigned } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";
import { Unknown } from "@/ui/unknown.tsx";

const HEAD = "pb-1.5 pl-3 text-right align-bottom text-sm font-normal text-ink-3";
const CELL = "py-1.5 pl-3 text-right";

function ScoreChange({ value }: { value: number | null }) {
  if (value === null) return <Unknown label="No earlier point" className="justify-end" />;
  return <span className={cx("font-medium", value > 0 && "text-good", value < 0 && "text-critical")}>{formatSigned(value)}</span>;
}

/** On its first day a workspace has nothing to compare with: a table of zeros would say that nothing changed. */
function FirstDay() {
  return (
    <p className="measure py-2 text-ink-2">
      Counting begins tomorrow: what was there when Rollcall first looked is where it starts from, not a change.
    </p>
  );
}

export function ChangesTable({ changes, isFirstDay }: { changes: Posture["changes"]; isFirstDay: boolean }) {
  if (isFirstDay)
    return (
      <Section title="What changed">
        <FirstDay />
      </Section>
    );
  return (
    <Section title="What changed">
      <table className="w-full">
        <thead>
          <tr>
            <th className={cx(HEAD, "pl-0 text-left")}>In the last</th>
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
