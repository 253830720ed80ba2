"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { ReachedNode } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount } from "@/ui/format.ts";
import { Name } from "@/ui/name.tsx";
import { SearchField } from "@/ui/search-field.tsx";
import { Failure, Skeleton } from "@/ui/states.tsx";
import { Tag } from "@/ui/tag.tsx";
import { word } from "@/ui/words.ts";
import { nodeNoun } from "../nouns.ts";
import { LEVEL_WORDS } from "./member-row.tsx";
import { useMembers } from "./use-members.ts";

interface ReachTableProps {
  readonly node: string;
  readonly direction: "out" | "in";
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

const ROW_HEIGHT = 44;
const LOAD_AHEAD = 60;
const HEADS = ["Name", "Kind", "Environment", "What it may do", "Steps", "Weight"] as const;
const CELL = "px-2 align-middle";
const WIDE_ONLY = "max-sm:hidden";

function Row({ node, direction, chosen, onChoose }: { node: ReachedNode; direction: "out" | "in"; chosen: boolean; onChoose: () => void }) {
  const control = direction === "in" ? "" : node.kind === "identity" ? "can act as it" : "full control";
  return (
    <>
      <th scope="row" className={cx(CELL, "w-full max-w-0 text-left font-medium")}>
        <button
          type="button"
          aria-pressed={chosen}
          onClick={onChoose}
          className="data-link flex w-full min-w-0 items-center gap-2 text-left"
        >
          <Name value={node.label} className="truncate" />
          {node.tierZero ? <Tag tone="warn">controls everything</Tag> : null}
          {node.conditional ? <Tag>if</Tag> : null}
        </button>
        <span className="block truncate text-xs font-normal text-ink-3 sm:hidden">
          {nodeNoun(node)}, {node.level === null ? control : LEVEL_WORDS[node.level]}
        </span>
      </th>
      <td className={cx(CELL, WIDE_ONLY, "whitespace-nowrap")}>{nodeNoun(node)}</td>
      <td className={cx(CELL, WIDE_ONLY, "whitespace-nowrap")}>
        {node.environment === null ? <span className="text-ink-3">not stated</span> : word(node.environment)}
      </td>
      <td className={cx(CELL, WIDE_ONLY, "whitespace-nowrap")}>{node.level === null ? control : LEVEL_WORDS[node.level]}</td>
      <td className={cx(CELL, "text-right")}>{node.hop}</td>
      <td className={cx(CELL, WIDE_ONLY, "text-right")}>{node.weight > 0 ? node.weight : ""}</td>
    </>
  );
}

function TableHead() {
  return (
    <thead className="sticky top-0 z-10 bg-paper text-left text-ink-3">
      <tr>
        {HEADS.map((head, index) => (
          <th
            key={head}
            scope="col"
            className={cx(
              "h-8 border-b border-line px-2 font-normal whitespace-nowrap",
              index > 3 && "text-right",
              index > 0 && index !== 4 && WIDE_ONLY,
            )}
          >
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

type TableProps = Omit<ReachTableProps, "node"> & {
  readonly rows: readonly ReachedNode[];
  readonly total: number;
  readonly onMore: () => void;
};

function VirtualTable({ rows, total, onMore, direction, chosen, onChoose }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are called in this render only and never passed to memoised children
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - LOAD_AHEAD) onMore();
  }, [last, rows.length, onMore]);
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className="max-h-[70vh] overflow-auto border-y border-line" tabIndex={0} role="group" aria-label="Table, scrolls">
      <table aria-rowcount={total + 1} className="w-full text-sm">
        <TableHead />
        <tbody>
          {above > 0 ? <tr aria-hidden style={{ height: above }} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <tr
                key={row.key}
                aria-rowindex={item.index + 2}
                style={{ height: ROW_HEIGHT }}
                className={cx("border-b border-line hover:bg-hover", row.key === chosen && "bg-accent-soft")}
              >
                <Row node={row} direction={direction} chosen={row.key === chosen} onChoose={() => onChoose(row.key)} />
              </tr>
            );
          })}
          {below > 0 ? <tr aria-hidden style={{ height: below }} /> : null}
        </tbody>
      </table>
    </div>
  );
}

/** The same answer as rows: everything reached, what weighs most first. Rows out of sight are not in the page. */
export function ReachTable({ node, direction, chosen, onChoose }: ReachTableProps) {
  const [search, setSearch] = useState("");
  const { query, rows, total, more } = useMembers({ node, direction, group: null, search });
  if (query.isError) return <Failure what="The table" error={query.error} onRetry={() => void query.refetch()} />;
  if (total === null) return <Skeleton className="h-96" />;
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <SearchField label="Search in the table" placeholder={`Search ${formatCount(total)}`} value={search} onChange={setSearch} />
        {direction === "out" ? (
          <p className="text-xs text-ink-3">
            Certain first, then by weight and right, a fifth less for every further step. That is a rule of thumb for the order; the blast
            radius counts every step in full.
          </p>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <p className="py-3 text-ink-2">{search === "" ? "Nothing." : "Nothing by that name."}</p>
      ) : (
        <VirtualTable rows={rows} total={total} onMore={more} direction={direction} chosen={chosen} onChoose={onChoose} />
      )}
    </div>
  );
}
