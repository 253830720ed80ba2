"use client";

import { Download, SlidersHorizontal } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";

export function MatchCount({ total }: { total: { readonly count: number; readonly capped: boolean } | null }) {
  return (
    <p role="status" className="min-w-24 text-sm whitespace-nowrap text-ink-3">
      {total === null
        ? ""
        : `${total.capped ? "more than " : ""}${formatCount(total.count)} ${total.count === 1 ? "identity" : "identities"}`}
    </p>
  );
}

export function CsvLink({ href }: { href: string }) {
  return (
    <a
      href={href}
      download
      className="inline-grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      aria-label="Download these rows as CSV"
      title="Download these rows as CSV"
    >
      <Download aria-hidden className="size-4" strokeWidth={1.75} />
    </a>
  );
}

export function FiltersButton({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <Button onClick={onClick} className="lg:hidden">
      <SlidersHorizontal aria-hidden className="size-3.5" strokeWidth={1.75} />
      Filters{count > 0 ? ` (${count})` : ""}
    </Button>
  );
}
