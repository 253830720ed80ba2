"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { ReachRow } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Tag } from "@/ui/tag.tsx";
import { word } from "@/ui/words.ts";
import { PathSteps } from "./path-steps.tsx";

const LEVEL: Readonly<Record<string, string>> = { read: "can read it", write: "can change it", admin: "can do anything with it" };

interface ReachItemProps {
  readonly row: ReachRow;
  readonly identityId: string;
  readonly direction: "reaches" | "reachedBy";
}

/** What, how far away, why it counts: two lines, so that a long name can be read on a phone as well. */
export function ReachItem({ row, identityId, direction }: ReachItemProps) {
  const [open, setOpen] = useState(false);
  const panel = `path-${direction}-${row.nodeKey}`;
  const level = direction === "reachedBy" ? "can act as it" : row.level === null ? "it can act as it" : (LEVEL[row.level] ?? row.level);
  const how = [level, plural(row.hops, "step"), row.weightReason];
  return (
    <li className="border-b border-line">
      <div className="flex items-start gap-2 hover:bg-hover">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-start gap-2 py-1.5 text-left"
        >
          <ChevronRight
            aria-hidden
            className={cx("mt-1 size-3.5 shrink-0 text-ink-3 transition-transform duration-120", open && "rotate-90")}
          />
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-x-2">
              <bdi className="font-medium wrap-anywhere">{row.label}</bdi>
              {row.conditional ? <Tag>if a condition holds</Tag> : null}
              {row.tierZero ? <Tag tone="warn">controls everything</Tag> : null}
            </span>
            <span className="block text-sm text-ink-3">
              {word(row.subkind)}: {how.filter(Boolean).join(", ")}
            </span>
          </span>
        </button>
        {row.entityId && row.nodeKind === "identity" ? (
          <Link href={`/identities/${row.entityId}`} className="data-link shrink-0 py-1.5 pr-1 text-sm text-accent">
            Open
          </Link>
        ) : null}
      </div>
      <div id={panel} hidden={!open} className="pl-5">
        {open ? <PathSteps identityId={identityId} nodeKey={row.nodeKey} direction={direction} /> : null}
      </div>
    </li>
  );
}
