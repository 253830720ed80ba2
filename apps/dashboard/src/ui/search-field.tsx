"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { Kbd } from "./tag.tsx";

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const PAUSE_MS = 180;

/** Types freely, asks after a short pause; `/` brings the focus here. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const [seen, setSeen] = useState(value);
  // A value from outside (back, clear) replaces what was typed.
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  useHotkeys("slash", () => field.current?.focus(), { preventDefault: true });
  return (
    <label className="flex h-8 min-w-40 flex-1 items-center gap-2 rounded-md border border-control bg-raised px-2.5 focus-within:outline-2 focus-within:outline-accent sm:max-w-80">
      <Search aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.75} />
      <span className="sr-only">{label}</span>
      <input
        ref={field}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => (event.key === "Escape" ? event.currentTarget.blur() : undefined)}
        placeholder={placeholder}
        className="w-full min-w-0 bg-transparent text-sm outline-none placeholder:text-ink-3"
      />
      <span className="max-sm:hidden">
        <Kbd>/</Kbd>
      </span>
    </label>
  );
}
