"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import { useRef, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { formatCount } from "./format.ts";
import { useSideScroll } from "./use-side-scroll.ts";

export interface TabItem<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number | null;
}

/** What lies beyond an edge fades out there, so that a row that ends in the middle of a word is seen to go on. */
function fading({ before, after }: { before: boolean; after: boolean }): string | undefined {
  if (!before && !after) return undefined;
  return `linear-gradient(to right, ${before ? "transparent" : "#000"}, #000 2.5rem, #000 calc(100% - 2.5rem), ${after ? "transparent" : "#000"})`;
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
  const list = useRef<HTMLDivElement>(null);
  const side = useSideScroll(list);
  return (
    <Base.Root className={props.frame} value={props.value} onValueChange={(value) => props.onChange(value as T)}>
      <Base.List
        ref={list}
        aria-label={props.label}
        className={cx("relative flex gap-5 overflow-x-auto border-b border-line", props.className)}
        style={{ maskImage: fading(side) }}
      >
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
