import type { Identity } from "@/api/views.ts";
import { formatCount } from "@/ui/format.ts";
import { Empty } from "@/ui/states.tsx";
import { RelativeTime } from "@/ui/time.tsx";
import { None, Unknown } from "@/ui/unknown.tsx";

const HEAD = "pb-1.5 pr-4 text-left text-sm font-normal text-ink-3";

export function UsageTab({ usage }: { usage: Identity["usage"] }) {
  if (usage.length === 0) {
    return (
      <Empty title="Its use is not known" className="px-0">
        No connected source reports it. For AWS, add the service-last-accessed export; or push usage through the API. Without it, nothing
        here means that it is unused.
      </Empty>
    );
  }
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th className={HEAD}>Service</th>
          <th className={HEAD}>Last used</th>
          <th className="pb-1.5 text-right text-sm font-normal text-ink-3">Observed for</th>
        </tr>
      </thead>
      <tbody>
        {usage.map((row) => (
          <tr key={row.service ?? ""} className="h-9 border-t border-line">
            <th scope="row" className="text-left font-medium">
              {row.service === null ? "Anything" : <bdi>{row.service}</bdi>}
            </th>
            <td>
              {row.lastUsedAt ? (
                <RelativeTime instant={row.lastUsedAt} />
              ) : row.observedDays === null ? (
                <Unknown />
              ) : (
                <None>Not in that time</None>
              )}
            </td>
            <td className="text-right">{row.observedDays === null ? <Unknown /> : `${formatCount(row.observedDays)} days`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
