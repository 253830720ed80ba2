"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ReachRow } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Tag } from "@/ui/tag.tsx";
import { word } from "@/ui/words.ts";
import { PathSteps } from "./path-steps.tsx";

interface ReachListProps {
  readonly identityId: string;
  readonly rows: readonly ReachRow[];
  readonly total: number;
  readonly direction: "reaches" | "reachedBy";
}

function ReachItem({ row, identityId, direction }: { row: ReachRow } & Pick<ReachListProps, "identityId" | "direction">) {
  const [open, setOpen] = useState(false);
  const panel = `path-${direction}-${row.nodeKey}`;
  return (
    <li className="border-b border-line">
      <div className="flex min-h-9 items-center gap-2 hover:bg-hover">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-left"
        >
          <ChevronRight aria-hidden className={cx("size-3.5 shrink-0 text-ink-3 transition-transform duration-120", open && "rotate-90")} />
          <span className="w-16 shrink-0 text-sm text-ink-2">{row.level === null ? "becomes" : word(row.level)}</span>
          <bdi className="min-w-0 truncate font-medium" title={row.label}>
            {row.label}
          </bdi>
          <span className="shrink-0 text-sm text-ink-3">{word(row.subkind)}</span>
          {row.conditional ? <Tag>if a condition holds</Tag> : null}
          {row.tierZero ? <Tag tone="warn">controls everything</Tag> : null}
        </button>
        <span className="shrink-0 text-sm text-ink-3 max-sm:hidden" title={row.weightReason ?? undefined}>
          {row.weightReason ?? null}
        </span>
        <span className="w-14 shrink-0 text-right text-sm text-ink-3">{plural(row.hops, "hop")}</span>
        {row.entityId && row.nodeKind === "identity" ? (
          <Link href={`/identities/${row.entityId}`} className="data-link shrink-0 text-sm text-accent">
            Open
          </Link>
        ) : null}
      </div>
      <div id={panel} hidden={!open}>
        {open ? <PathSteps identityId={identityId} nodeKey={row.nodeKey} direction={direction} /> : null}
      </div>
    </li>
  );
}

export function ReachList({ rows, total, identityId, direction }: ReachListProps) {
  return (
    <div>
      <ul className="border-t border-line">
        {rows.map((row) => (
          <ReachItem key={row.nodeKey} row={row} identityId={identityId} direction={direction} />
        ))}
      </ul>
      {total > rows.length ? (
        <p className="pt-2 text-sm text-ink-3">
          The {formatCount(rows.length)} that weigh most, of {formatCount(total)}.
        </p>
      ) : null}
    </div>
  );
}
