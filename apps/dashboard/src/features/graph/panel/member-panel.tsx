"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/ui/button.tsx";
import { formatCount } from "@/ui/format.ts";
import { SearchField } from "@/ui/search-field.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { MemberRow } from "./member-row.tsx";
import { useMembers } from "./use-members.ts";
import { VirtualList } from "./virtual-list.tsx";

interface MemberPanelProps {
  readonly node: string;
  readonly direction: "out" | "in";
  readonly group: string | null;
  readonly title: string;
  readonly note: string;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  readonly onClose: (() => void) | null;
}

const ROW_HEIGHT = 48;
const SEARCH_FROM = 12;

/** What stands behind a mark, or behind the whole picture: what weighs most first. */
export function MemberPanel(props: MemberPanelProps) {
  const [search, setSearch] = useState("");
  const { query, rows, total, more } = useMembers({ node: props.node, direction: props.direction, group: props.group, search });
  const searchable = search !== "" || (total ?? 0) > SEARCH_FROM;
  return (
    <section aria-label={props.title} className="flex min-h-0 flex-col">
      <header className="mb-2 flex items-start justify-between gap-2">
        <div>
          <h2 className="text-base font-semibold">{props.title}</h2>
          <p className="text-sm text-ink-3">{props.note}</p>
        </div>
        {props.onClose ? (
          <IconButton label="Close the list" onClick={props.onClose} className="-mt-1 shrink-0">
            <X aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
        ) : null}
      </header>
      {searchable ? (
        <div className="mb-2 flex">
          <SearchField
            label="Search among them"
            placeholder={`Search ${total === null ? "" : formatCount(total)}`}
            value={search}
            onChange={setSearch}
          />
        </div>
      ) : null}
      {query.isError ? (
        <Failure what="The list" error={query.error} onRetry={() => void query.refetch()} />
      ) : total === null ? (
        <Skeleton className="h-72" />
      ) : rows.length === 0 ? (
        <p className="py-3 text-ink-2">Nothing by that name.</p>
      ) : (
        <VirtualList
          label={props.title}
          rows={rows}
          rowHeight={ROW_HEIGHT}
          keyOf={(row) => row.key}
          total={total}
          onMore={more}
          className="max-h-[min(50vh,420px)] border-t border-line"
          render={(row) => <MemberRow node={row} chosen={row.key === props.chosen} onChoose={() => props.onChoose(row.key)} />}
        />
      )}
    </section>
  );
}
