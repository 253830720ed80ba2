"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import type { GraphNode, Route, RouteHop } from "@/api/views.ts";
import { IconButton } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { plural } from "@/ui/format.ts";
import { Skeleton } from "@/ui/states.tsx";
import { Tag } from "@/ui/tag.tsx";
import { nodeNoun } from "../nouns.ts";
import { HopItem } from "./hop-item.tsx";

interface RoutePanelProps {
  readonly target: GraphNode | null;
  readonly routes: readonly Route[] | undefined;
  readonly chosen: number;
  readonly onChoose: (route: number) => void;
  readonly onClose: () => void;
  readonly links?: ReactNode;
  readonly renderHop?: (hop: RouteHop) => ReactNode;
  /** What is said when no way is left. */
  readonly none: string;
}

function RouteTabs({ routes, chosen, onChoose }: { routes: readonly Route[]; chosen: number; onChoose: (route: number) => void }) {
  if (routes.length < 2) return null;
  return (
    <div role="group" aria-label="Ways there" className="mb-4 flex flex-wrap gap-1.5">
      {routes.map((route, index) => (
        <button
          key={route.nodes.join()}
          type="button"
          aria-pressed={index === chosen}
          onClick={() => onChoose(index)}
          className={cx(
            "h-7 rounded-md border px-2.5 text-sm",
            index === chosen ? "border-accent bg-accent-soft font-medium text-accent" : "border-line-strong text-ink-2 hover:bg-hover",
          )}
        >
          Way {index + 1}: {plural(route.hops.length, "step")}
          {route.conditional ? ", if" : ""}
        </button>
      ))}
    </div>
  );
}

/** The way to one node, hop by hop beside the picture. */
export function RoutePanel(props: RoutePanelProps) {
  const { target, routes, chosen } = props;
  const route = routes?.[chosen] ?? routes?.[0];
  return (
    <section aria-label="The way there">
      <header className="mb-3 flex items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="text-base font-semibold wrap-anywhere">{target ? <bdi>{target.label}</bdi> : "The way there"}</h2>
          {target ? (
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-3">
              {nodeNoun(target)}
              {target.weight > 0 ? `, weight ${target.weight}${target.weightReason ? ` (${target.weightReason})` : ""}` : ""}
              {target.tierZero ? <Tag tone="warn">controls everything</Tag> : null}
            </p>
          ) : null}
          {props.links}
        </div>
        <IconButton label="Close the way" onClick={props.onClose} className="-mt-1 shrink-0">
          <X aria-hidden className="size-4" strokeWidth={1.75} />
        </IconButton>
      </header>
      {routes === undefined ? <Skeleton className="h-40" /> : <RouteTabs routes={routes} chosen={chosen} onChoose={props.onChoose} />}
      {route ? (
        <ol>
          {route.hops.map((hop, index) => (
            <HopItem key={hop.from + hop.to + hop.kind} hop={hop} step={index + 1} last={index === route.hops.length - 1}>
              {props.renderHop?.(hop)}
            </HopItem>
          ))}
        </ol>
      ) : routes === undefined ? null : (
        <p className="measure text-ink-2">{props.none}</p>
      )}
    </section>
  );
}
