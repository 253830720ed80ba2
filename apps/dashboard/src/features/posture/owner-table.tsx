"use client";

import { useState } from "react";
import type { Posture } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { formatCount, formatDecimal } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Section } from "@/ui/page.tsx";

const SHOWN = 6;
const HEAD = "pb-1.5 text-right text-sm font-normal text-ink-3";

export function OwnerTable({ rows }: { rows: Posture["byOwner"] }) {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  return (
    <Section title="By owner" aside="those with the most open findings first">
      <table className="w-full">
        <thead>
          <tr>
            <th className={cx(HEAD, "text-left")}>Owner</th>
            <th className={HEAD}>Identities</th>
            <th className={HEAD}>Open findings</th>
            <th className={cx(HEAD, "max-sm:hidden")} title="Identities with a score in the critical band">
              In critical band
            </th>
            <th className={cx(HEAD, "max-sm:hidden")}>Average score</th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, SHOWN)).map((row) => {
            const href = row.owner === null ? "/inventory?lens=unowned" : `/inventory?owner=${encodeURIComponent(row.owner)}`;
            return (
              <tr key={row.owner ?? ""} className="border-t border-line">
                <th scope="row" className="max-w-0 py-1.5 pr-4 text-left font-normal">
                  <Link href={href} className={cx("data-link block truncate", row.owner === null && "text-ink-2")}>
                    {row.owner === null ? "No owner yet" : <bdi>{row.owner}</bdi>}
                  </Link>
                </th>
                <td className="w-20 py-1.5 text-right">{formatCount(row.identities)}</td>
                <td className="w-28 py-1.5 text-right">{formatCount(row.openFindings)}</td>
                <td className="w-28 py-1.5 text-right max-sm:hidden">{formatCount(row.critical)}</td>
                <td className="w-28 py-1.5 text-right max-sm:hidden">{formatDecimal(row.averageScore)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > SHOWN ? (
        <Button size="sm" tone="quiet" className="mt-1 -ml-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${rows.length - SHOWN} more`}
        </Button>
      ) : null}
    </Section>
  );
}
