import type { Posture } from "@/api/views.ts";
import { formatCount, formatInterval } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Name } from "@/ui/name.tsx";
import { Section } from "@/ui/page.tsx";
import { ScoreCell } from "@/ui/score.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { Unknown } from "@/ui/unknown.tsx";
import { word } from "@/ui/words.ts";

const HEAD = "pb-1.5 text-left text-sm font-normal text-ink-3 pr-4";

export function TopRisks({ rows }: { rows: Posture["topRisks"] }) {
  if (rows.length === 0) return null;
  return (
    <Section
      title="The identities that put most at risk"
      aside={
        <Link className="data-link" href="/inventory">
          All identities
        </Link>
      }
    >
      <table className="w-full table-fixed">
        <thead>
          <tr>
            <th className={HEAD}>Identity</th>
            <th className={`${HEAD} w-44`}>Score</th>
            <th className={`${HEAD} w-36 max-lg:hidden`}>Kind</th>
            <th className={`${HEAD} w-44 max-md:hidden`}>Owner</th>
            <th className={`${HEAD} w-32 max-lg:hidden`}>Reaches</th>
            <th className={`${HEAD} w-32 max-md:hidden`}>Last used</th>
            <th className="w-20 pb-1.5 text-right text-sm font-normal text-ink-3 max-sm:hidden">Findings</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="h-9 border-t border-line hover:bg-hover">
              <th scope="row" className="truncate pr-4 text-left font-medium">
                <Link href={`/identities/${row.id}`} className="data-link">
                  <Name value={row.name} />
                </Link>
              </th>
              <td className="pr-4 text-sm">
                <ScoreCell score={row.score} band={row.band} />
              </td>
              <td className="truncate pr-4 text-ink-2 max-lg:hidden">{word(row.kind)}</td>
              <td className="truncate pr-4 max-md:hidden">
                {row.owner === null ? <span className="text-ink-3">No owner yet</span> : <bdi>{row.owner}</bdi>}
              </td>
              <td className="pr-4 max-lg:hidden">{formatInterval(row.blastPct)} %</td>
              <td className="truncate pr-4 max-md:hidden">
                {row.lastUsedAt === null ? <Unknown /> : <RelativeTime instant={row.lastUsedAt} />}
              </td>
              <td className="text-right max-sm:hidden">{formatCount(row.openFindings)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
