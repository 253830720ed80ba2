import Link from "next/link";
import type { AuditRow } from "@/api/views.ts";
import { RelativeTime } from "@/ui/time.tsx";
import { actionPhrase, actorWords, detailWords, objectHref, pageWords } from "./action-sentence.ts";

export function AuditRowItem({ row, onActor }: { row: AuditRow; onActor: (actorId: string) => void }) {
  const href = objectHref(row);
  const detail = detailWords(row);
  const label = row.objectLabel === null || row.objectLabel === row.actorName ? null : row.objectLabel;
  const name = row.objectKind === "account" ? null : (label ?? (href === null ? null : pageWords(row.objectKind)));
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-b border-line py-2 sm:grid-cols-[112px_1fr_auto]">
      <RelativeTime instant={row.at} className="text-sm text-ink-3" />
      <div className="min-w-0">
        <p className="wrap-anywhere">
          {row.actorId === null ? (
            <bdi className="font-medium">{actorWords(row)}</bdi>
          ) : (
            <button type="button" className="data-link font-medium" onClick={() => onActor(row.actorId!)} title="Only what this one did">
              <bdi>{row.actorName}</bdi>
            </button>
          )}{" "}
          {actionPhrase(row.action)}
          {name === null ? null : (
            <>
              {label === null ? ", " : ": "}
              {href === null ? (
                <bdi>{name}</bdi>
              ) : (
                <Link href={href} className="data-link">
                  <bdi>{name}</bdi>
                </Link>
              )}
            </>
          )}
        </p>
        {detail === "" ? null : <p className="text-sm wrap-anywhere text-ink-3">{detail}</p>}
      </div>
      <span className="font-mono text-xs text-ink-3 tabular-nums" title="Number in the chain">
        {row.seq}
      </span>
    </li>
  );
}
