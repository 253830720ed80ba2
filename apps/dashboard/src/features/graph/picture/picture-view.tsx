"use client";

import { useEffect, useMemo, useRef, type KeyboardEventHandler } from "react";
import type { GraphNode } from "@/api/views.ts";
import { formatCount } from "@/ui/format.ts";
import { nodeNoun } from "../nouns.ts";
import { Glyph } from "./glyph.tsx";
import { layoutOf, MARK_HEIGHT, ROOT, type Box, type Layout } from "./layout.ts";
import { Legend } from "./legend.tsx";
import { LinkLayer } from "./link-layer.tsx";
import type { Drawing, Mark } from "./marks.ts";
import { UnitMark } from "./unit-mark.tsx";
import { useMarkKeys } from "./use-mark-keys.ts";
import { useRoom } from "./use-room.ts";

interface PictureViewProps {
  readonly root: GraphNode;
  readonly drawing: Drawing;
  readonly label: string;
  /** Keys of the nodes of the route that is looked at, in order. */
  readonly route: readonly string[];
  readonly routeConditional: boolean;
  readonly chosen: string | null;
  readonly planned: boolean;
  readonly onChoose: (mark: Mark) => void;
  readonly onChooseRoot: () => void;
}

interface RootMarkProps {
  readonly node: GraphNode;
  readonly box: Box;
  readonly tabbable: boolean;
  readonly onChoose: () => void;
  readonly onMove: KeyboardEventHandler;
}

function RootMark({ node, box, onChoose, onMove, tabbable }: RootMarkProps) {
  return (
    <button
      type="button"
      data-unit={ROOT}
      tabIndex={tabbable ? 0 : -1}
      onClick={onChoose}
      onKeyDown={onMove}
      style={{ left: box.x, top: box.y, width: box.width, height: MARK_HEIGHT }}
      className="absolute flex items-center gap-2 rounded-md border border-ink bg-ink px-2.5 text-left text-paper"
    >
      <Glyph kind={node.kind} tierZero={false} className="stroke-paper" />
      <span className="min-w-0">
        <bdi className="block truncate text-sm font-medium" title={node.label}>
          {node.label}
        </bdi>
        <span className="block truncate text-xs">{nodeNoun(node)}</span>
      </span>
    </button>
  );
}

function ColumnHeads({ layout, drawing }: { layout: Layout; drawing: Drawing }) {
  const root = layout.boxes.get(ROOT)!;
  const said = (hop: number): string => `${hop === 1 ? "1 step" : `${hop} steps`}${drawing.direction === "in" ? " away" : ""}`;
  return (
    <div aria-hidden className="relative h-7 text-xs text-ink-3" style={{ width: layout.width }}>
      <span className="absolute font-medium text-ink-2" style={{ left: root.x }}>
        {drawing.direction === "out" ? "Start" : "Target"}
      </span>
      {layout.columns.map(({ hop, x, marks }) => (
        <span key={hop} className="absolute" style={{ left: x }}>
          <span className="font-medium text-ink-2">{said(hop)}</span>{" "}
          {formatCount(marks.reduce((sum, mark) => sum + (mark.fate === "gone" ? 0 : mark.count), 0))}
        </span>
      ))}
    </div>
  );
}

const LEAST_HEIGHT = 220;

type MarksProps = Omit<PictureViewProps, "label" | "planned"> & { readonly room: number };

function Marks({ root, drawing, route, routeConditional, chosen, onChoose, onChooseRoot, room }: MarksProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutOf(drawing, room), [drawing, room]);
  const keys = useMarkKeys(layout, canvas);
  const most = useMemo(() => Math.max(1, ...drawing.marks.map((mark) => mark.points)), [drawing]);
  const stops = useMemo(() => stopsOf(route, root, drawing), [route, root, drawing]);
  useEffect(() => {
    if (chosen === null || room === 0) return;
    const mark = canvas.current?.querySelector(`[data-unit="${CSS.escape(chosen)}"]`);
    mark?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [chosen, room]);
  const stateOf = (mark: Mark) => {
    if (mark.id === chosen) return "chosen" as const;
    if (stops.length < 2) return "plain" as const;
    return stops.includes(mark.id) ? ("onRoute" as const) : ("dimmed" as const);
  };
  const press = (unit: string, act: () => void) => () => {
    keys.setCurrent(unit);
    act();
  };
  return (
    <>
      <ColumnHeads layout={layout} drawing={drawing} />
      <div ref={canvas} className="relative mb-1" style={{ width: layout.width, height: Math.max(layout.height, MARK_HEIGHT) + 4 }}>
        <LinkLayer layout={layout} route={stops} routeConditional={routeConditional} />
        <RootMark
          node={root}
          box={layout.boxes.get(ROOT)!}
          tabbable={keys.tabbable === ROOT}
          onChoose={press(ROOT, onChooseRoot)}
          onMove={keys.move}
        />
        {layout.columns
          .flatMap(({ marks }) => marks)
          .map((mark) => (
            <UnitMark
              key={mark.id}
              mark={mark}
              box={layout.boxes.get(mark.id)!}
              share={drawing.direction === "out" ? mark.points / most : 0}
              state={stateOf(mark)}
              tabbable={keys.tabbable === mark.id}
              onChoose={press(mark.id, () => onChoose(mark))}
              onMove={keys.move}
            />
          ))}
      </div>
    </>
  );
}

/** What one node reaches, or who reaches it: columns by step, few marks, links that read from left to right. */
export function PictureView({ label, planned, ...marks }: PictureViewProps) {
  const [frame, room] = useRoom();
  return (
    <figure className="min-w-0">
      <div ref={frame} className="overflow-x-auto pb-3" role="group" aria-label={label}>
        {room === 0 ? <div style={{ height: LEAST_HEIGHT }} /> : <Marks {...marks} room={room} />}
      </div>
      <figcaption className="mt-3">
        <Legend planned={planned} />
      </figcaption>
    </figure>
  );
}

/** Marks along the route: the root, and the marks that stand for its nodes by themselves. */
function stopsOf(route: readonly string[], root: GraphNode, drawing: Drawing): readonly string[] {
  const drawn = new Set(drawing.marks.map((mark) => mark.id));
  return route.flatMap((key) => (key === root.key ? [ROOT] : drawn.has(key) ? [key] : []));
}
