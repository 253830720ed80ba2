"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Control } from "@/api/views.ts";
import { ControlState } from "@/ui/control-state.tsx";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { Link } from "@/ui/link.tsx";
import { Unknown } from "@/ui/unknown.tsx";

const COVERAGE: Readonly<Record<Control["coverage"], string>> = {
  covered: "Checked",
  partial: "Checked in part",
  manual: "Checked by hand",
  not_assessable: "Not assessable here",
};

function RuleTable({ rules }: { rules: Control["rules"] }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-left text-ink-3">
          <th className="py-1 pr-4 font-normal">Rule</th>
          <th className="w-20 py-1 text-right font-normal">Failed</th>
          <th className="w-20 py-1 text-right font-normal">Passed</th>
          <th className="w-24 py-1 text-right font-normal">Unknown</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.ruleId} className="border-t border-line">
            <th scope="row" className="py-1.5 pr-4 text-left font-normal">
              <Link href={`/findings/${rule.ruleId}`} className="data-link">
                {rule.title}
              </Link>
            </th>
            <td className="text-right">
              {rule.fail > 0 ? (
                <Link href={`/findings?rule=${rule.ruleId}`} className="data-link font-medium">
                  {formatCount(rule.fail)}
                </Link>
              ) : (
                0
              )}
            </td>
            <td className="text-right">{formatCount(rule.pass)}</td>
            <td className="text-right text-ink-3">{formatCount(rule.unknown)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function subscribeToHash(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** What the address names after #. */
function useHash(): string {
  return useSyncExternalStore(
    subscribeToHash,
    () => decodeURIComponent(window.location.hash.slice(1)),
    () => "",
  );
}

/** Control -> rules -> findings: opens when the address names it. */
export function ControlItem({ control, depth }: { control: Control; depth: number }) {
  const named = useHash() === control.id;
  const [toggled, setToggled] = useState<boolean | null>(null);
  const open = toggled ?? named;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (named) item.current?.scrollIntoView({ block: "center" });
  }, [named]);
  return (
    <li ref={item} id={control.id} className="border-b border-line [--indent:12px] sm:[--indent:20px]">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setToggled(!open)}
        className="flex min-h-10 w-full items-center gap-3 py-1.5 text-left hover:bg-hover sm:pr-2"
        style={{ paddingLeft: `calc(${depth} * var(--indent))` }}
      >
        <ChevronRight aria-hidden className={cx("size-3.5 shrink-0 text-ink-3 transition-transform duration-120", open && "rotate-90")} />
        <span className="min-w-0 flex-1 items-center gap-3 sm:flex">
          <span
            className="block w-24 shrink-0 font-mono text-xs text-ink-3"
            title={control.aliases.length > 0 ? `also ${control.aliases.join(", ")}` : undefined}
          >
            {control.id}
          </span>
          <span className={cx("block min-w-0 flex-1", depth === 0 && "font-medium")}>{control.label}</span>
        </span>
        <span className="w-36 shrink-0 text-sm text-ink-3 max-lg:hidden">{COVERAGE[control.coverage]}</span>
        <span className="w-24 shrink-0 text-right text-sm text-ink-3 max-md:hidden">
          {control.openFindings > 0 ? plural(control.openFindings, "finding") : null}
        </span>
        <ControlState status={control.status} className="w-28 shrink-0 max-sm:w-auto" />
      </button>
      {open ? (
        <div className="flex flex-col gap-2 pb-4" style={{ paddingLeft: `calc(${depth} * var(--indent) + 26px)` }}>
          {control.reason ? <p className="measure text-sm text-ink-2">{control.reason}</p> : null}
          {control.aliases.length > 0 ? <p className="text-xs text-ink-3">Also known as {control.aliases.join(", ")}</p> : null}
          {control.rules.length > 0 ? <RuleTable rules={control.rules} /> : <Unknown label="No check speaks about this control" />}
          <p className="flex gap-4 text-sm">
            {control.openFindings > 0 ? (
              <Link href={`/findings?control=${encodeURIComponent(control.id)}`} className="text-accent underline">
                All {plural(control.openFindings, "finding")}
              </Link>
            ) : null}
            {control.url ? (
              <a href={control.url} target="_blank" rel="noreferrer" className="text-accent underline">
                Read the control
              </a>
            ) : null}
          </p>
        </div>
      ) : null}
    </li>
  );
}
