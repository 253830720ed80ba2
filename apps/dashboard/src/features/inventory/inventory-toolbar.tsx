"use client";

import { Download, Search, SlidersHorizontal } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { Button } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { Kbd } from "@/ui/tag.tsx";

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const PAUSE_MS = 180;

/** Types freely, asks after a short pause; `/` brings the focus here. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  useHotkeys("slash", () => field.current?.focus(), { preventDefault: true });
  return (
    <label className="flex h-8 min-w-40 flex-1 items-center gap-2 rounded-md border border-control bg-raised px-2.5 focus-within:outline-2 focus-within:outline-accent sm:max-w-80">
      <Search aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.75} />
      <span className="sr-only">Search by name or identifier</span>
      <input
        ref={field}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => (event.key === "Escape" ? event.currentTarget.blur() : undefined)}
        placeholder="Name or identifier"
        className="w-full min-w-0 bg-transparent text-sm outline-none placeholder:text-ink-3"
      />
      <span className="max-sm:hidden">
        <Kbd>/</Kbd>
      </span>
    </label>
  );
}

export function MatchCount({ total }: { total: { readonly count: number; readonly capped: boolean } | null }) {
  return (
    <p role="status" className="min-w-24 text-sm whitespace-nowrap text-ink-3">
      {total === null ? "" : `${total.capped ? "more than " : ""}${formatCount(total.count)} ${total.count === 1 ? "identity" : "identities"}`}
    </p>
  );
}

export function CsvLink({ href }: { href: string }) {
  return (
    <a href={href} download className="inline-grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink" aria-label="Download these rows as CSV" title="Download these rows as CSV">
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
