"use client";

import { useCallback, useState } from "react";
import { useGraphUrl, type GraphUrl } from "./use-graph-url.ts";

/** Where a person stands in the picture. */
export type GraphState = Omit<GraphUrl, "node">;
export type SetGraphState = (change: Partial<GraphState>) => void;

const START: GraphState = { view: "out", to: null, route: 0, group: null, open: [], plan: "" };

/** On a page of its own the state is the address; beside other things it stays with the picture. */
export function useLocalGraphState(): readonly [GraphState, SetGraphState] {
  const [state, setState] = useState(START);
  const set = useCallback<SetGraphState>((change) => setState((known) => ({ ...known, ...change })), []);
  return [state, set];
}

export function useUrlGraphState() {
  const { url, setUrl } = useGraphUrl();
  const { node, ...state } = url;
  const set = useCallback<SetGraphState>((change) => void setUrl(change), [setUrl]);
  return { node, state, set };
}

/** The address under which somebody else sees the same. */
export function graphHref(node: string, state: Partial<GraphState> = {}): string {
  const query = new URLSearchParams({ node });
  if (state.view === "in") query.set("view", "in");
  if (state.to) query.set("to", state.to);
  if (state.plan) query.set("plan", state.plan);
  return `/blast-radius?${query.toString()}`;
}
