"use client";

import type { Picture, Route } from "@/api/views.ts";
import { formatCount } from "@/ui/format.ts";
import type { GraphState, SetGraphState } from "./graph-state.ts";
import { ReachTable } from "./panel/reach-table.tsx";
import type { Drawing, Mark } from "./picture/marks.ts";
import { PictureView } from "./picture/picture-view.tsx";
import type { Look } from "./use-look.ts";

interface CanvasProps {
  readonly node: string;
  readonly state: GraphState;
  readonly setState: SetGraphState;
  readonly look: Look;
  readonly picture: Picture;
  readonly drawing: Drawing;
  readonly route: Route | undefined;
}

/** The answer as a picture or as rows; both lead to the same way. */
export function Canvas({ node, state, setState, look, picture, drawing, route }: CanvasProps) {
  const out = state.view === "out";
  if (look === "table")
    return <ReachTable node={node} direction={state.view} chosen={state.to} onChoose={(to) => setState({ to, route: 0, group: null })} />;
  if (drawing.marks.length === 0)
    return (
      <p className="measure py-6 text-ink-2">
        {out ? "The exports show nothing that it can reach." : "The exports show nobody who can reach it."}
      </p>
    );
  const choose = (mark: Mark) => {
    if (mark.node !== null) setState({ to: mark.id, route: 0, group: null });
    else if (mark.rest || state.open.includes(mark.group)) setState({ to: null, group: mark.group });
    else setState({ to: null, group: mark.group, open: [...state.open, mark.group] });
  };
  return (
    <PictureView
      root={picture.root}
      drawing={drawing}
      label={`${out ? "What it can reach" : "Who can reach it"}: ${formatCount(picture.nodes)} in up to ${picture.longestHop} steps. Arrow keys move along the links`}
      route={route?.nodes ?? []}
      routeConditional={route?.conditional ?? false}
      chosen={state.to ?? state.group}
      planned={state.plan !== ""}
      onChoose={choose}
      onChooseRoot={() => setState({ to: null, route: 0, group: null, open: [] })}
    />
  );
}
