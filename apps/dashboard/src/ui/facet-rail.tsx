"use client";

import { useState } from "react";
import { cx } from "./cx.ts";
import { formatCount } from "./format.ts";

export interface FacetGroup {
  readonly field: string;
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[];
}

interface FacetRailProps {
  readonly groups: readonly FacetGroup[];
  readonly selected: Readonly<Record<string, readonly string[]>>;
  readonly onChange: (field: string, values: readonly string[]) => void;
  readonly className?: string;
}

const SHOWN = 6;

function FacetList({
  group,
  selected,
  onChange,
}: {
  group: FacetGroup;
  selected: readonly string[];
  onChange: FacetRailProps["onChange"];
}) {
  const [open, setOpen] = useState(false);
  const [top, rest] = [group.values.slice(0, SHOWN), group.values.slice(SHOWN)];
  const shown = open ? group.values : [...top, ...rest.filter((value) => selected.includes(value.value))];
  const toggle = (value: string) =>
    onChange(group.field, selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value]);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 flex w-full items-baseline justify-between text-sm font-medium">
        {group.title}
        {selected.length > 0 ? (
          <button type="button" onClick={() => onChange(group.field, [])} className="data-link text-xs font-normal text-accent">
            Clear
          </button>
        ) : null}
      </legend>
      {shown.map(({ value, label, count }) => (
        <label
          key={value}
          className={cx(
            "-mx-2 flex h-7 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover",
            count === 0 && "text-ink-3",
          )}
        >
          <input
            type="checkbox"
            className="size-3.5 shrink-0 accent-(--accent)"
            checked={selected.includes(value)}
            onChange={() => toggle(value)}
          />
          <bdi className="min-w-0 flex-1 truncate" title={label}>
            {label}
          </bdi>
          <span className="text-xs text-ink-3">{formatCount(count)}</span>
        </label>
      ))}
      {rest.length > 0 ? (
        <button type="button" onClick={() => setOpen(!open)} className="mt-0.5 text-xs text-ink-3 hover:text-ink">
          {open ? "Show fewer" : `${rest.length} more`}
        </button>
      ) : null}
    </fieldset>
  );
}

/** Filters with counts out of the same query as the rows: a count never promises more than a click shows. */
export function FacetRail({ groups, selected, onChange, className }: FacetRailProps) {
  return (
    <div className={cx("flex flex-col gap-5", className)}>
      {groups.map((group) => (
        <FacetList key={group.field} group={group} selected={selected[group.field] ?? []} onChange={onChange} />
      ))}
    </div>
  );
}
