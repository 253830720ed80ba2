"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { formatCount } from "./format.ts";

export interface TabItem<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number | null;
}

export function Tabs<T extends string>(props: {
  items: readonly TabItem<T>[];
  value: T;
  onChange: (value: T) => void;
  label: string;
  children?: ReactNode;
  className?: string;
  /** Look of what holds tabs and panels. */
  frame?: string;
}) {
  return (
    <Base.Root className={props.frame} value={props.value} onValueChange={(value) => props.onChange(value as T)}>
      <Base.List aria-label={props.label} className={cx("relative flex gap-5 overflow-x-auto border-b border-line", props.className)}>
        {props.items.map((item) => (
          <Base.Tab
            key={item.id}
            value={item.id}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-sm text-ink-3 hover:text-ink focus-visible:-outline-offset-2 data-active:border-ink data-active:font-medium data-active:text-ink"
          >
            {item.label}
            {typeof item.count === "number" ? <span className="text-xs font-normal text-ink-3">{formatCount(item.count)}</span> : null}
          </Base.Tab>
        ))}
      </Base.List>
      {props.children}
    </Base.Root>
  );
}

export function TabPanel({ id, children, className }: { id: string; children: ReactNode; className?: string }) {
  return (
    <Base.Panel value={id} className={cx("pt-5 outline-offset-4", className)}>
      {children}
    </Base.Panel>
  );
}
