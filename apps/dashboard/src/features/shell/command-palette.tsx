"use client";

import { Dialog } from "@base-ui/react/dialog";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import type { IdentityRow } from "@/api/views.ts";
import { Name } from "@/ui/name.tsx";
import { ScoreCell } from "@/ui/score.tsx";
import { word } from "@/ui/words.ts";
import { THEMES } from "./theme-menu.tsx";
import { useDestinations } from "./use-destinations.ts";
import { useMay } from "./use-session.ts";

const ITEM = "flex h-9 cursor-default items-center gap-3 rounded-md px-3 text-base data-[selected=true]:bg-hover";
const GROUP =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3";

const NONE: readonly IdentityRow[] = [];

function useMatches(search: string): readonly IdentityRow[] {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.identities.list.queryOptions(
      { filter: { search }, sort: "score", direction: "desc", limit: 8 },
      { enabled: search.length >= 2, placeholderData: keepPreviousData },
    ),
  );
  return search.length >= 2 ? (query.data?.items ?? NONE) : NONE;
}

const itemValue = (row: IdentityRow) => `${row.name} ${row.id}`;

function IdentityResults({ rows, search, onPick }: { rows: readonly IdentityRow[]; search: string; onPick: (href: string) => void }) {
  if (rows.length === 0) return null;
  return (
    <Command.Group heading="Identities" className={GROUP} forceMount>
      {rows.map((row) => (
        <Command.Item key={row.id} value={itemValue(row)} forceMount onSelect={() => onPick(`/identities/${row.id}`)} className={ITEM}>
          <span className="flex min-w-0 flex-1 items-center">
            <Name value={row.name} className="min-w-0 truncate" />
          </span>
          <span className="text-sm text-ink-3 max-sm:hidden">{word(row.kind)}</span>
          <span className="text-sm">
            <ScoreCell score={row.score} band={row.band} />
          </span>
        </Command.Item>
      ))}
      <Command.Item
        value={`all ${search}`}
        forceMount
        onSelect={() => onPick(`/inventory?q=${encodeURIComponent(search)}`)}
        className={ITEM}
      >
        Show all matches in the inventory
      </Command.Item>
    </Command.Group>
  );
}

type Run = (action: () => void) => void;

function Places({ run }: { run: Run }) {
  const router = useRouter();
  const may = useMay();
  const destinations = useDestinations();
  return (
    <Command.Group heading="Go to" className={GROUP}>
      {destinations.map(({ href, label, icon: Icon }) => (
        <Command.Item key={href} value={label} onSelect={() => run(() => router.push(href))} className={ITEM}>
          <Icon aria-hidden className="size-4 text-ink-3" strokeWidth={1.75} />
          {label}
        </Command.Item>
      ))}
      {may.import ? (
        <Command.Item value="Bring an export, import" onSelect={() => run(() => router.push("/sources/add"))} className={ITEM}>
          Bring an export
        </Command.Item>
      ) : null}
      {may.administer ? (
        <Command.Item value="Pull from an address, source" onSelect={() => run(() => router.push("/sources/pull"))} className={ITEM}>
          Pull from an address
        </Command.Item>
      ) : null}
    </Command.Group>
  );
}

function Preferences({ run, onHelp }: { run: Run; onHelp: () => void }) {
  const { setTheme } = useTheme();
  return (
    <Command.Group heading="Appearance and help" className={GROUP}>
      {THEMES.map((theme) => (
        <Command.Item
          key={theme.value}
          value={`Appearance ${theme.label}`}
          onSelect={() => run(() => setTheme(theme.value))}
          className={ITEM}
        >
          Appearance: {theme.label.toLowerCase()}
        </Command.Item>
      ))}
      <Command.Item value="Keyboard shortcuts" onSelect={() => run(onHelp)} className={ITEM}>
        Keyboard shortcuts
      </Command.Item>
    </Command.Group>
  );
}

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onHelp: () => void;
}

/** One field for everything: places, identities by name, and appearance. */
export function CommandPalette({ open, onOpenChange, onHelp }: CommandPaletteProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const rows = useMatches(search);
  const [picked, setPicked] = useState("");
  const best = rows[0] ? itemValue(rows[0]) : "";
  const [seenBest, setSeenBest] = useState("");
  // Identities arrive after the pages were matched; the best of them takes the place under Enter.
  if (best !== seenBest) {
    setSeenBest(best);
    if (best) setPicked(best);
  }
  const run: Run = (action) => {
    onOpenChange(false);
    setText("");
    action();
  };
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup className="motion-pop fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg bg-raised shadow-pop outline-none">
          <Dialog.Title className="sr-only">Search or go to</Dialog.Title>
          <Command label="Search or go to" loop value={picked} onValueChange={setPicked}>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Find an identity, or go to a page"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2">
              <Command.Empty className="px-3 py-6 text-ink-3">Nothing by that name.</Command.Empty>
              <IdentityResults rows={rows} search={search} onPick={(href) => run(() => router.push(href))} />
              <Places run={run} />
              <Preferences run={run} onHelp={onHelp} />
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
