"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { GraphState } from "./graph-state.ts";

const NO_KEYS: readonly string[] = [];

/** Everything the picture needs: the ways to what is looked at, and the picture with those drawn by themselves. */
export function useAnswers(node: string, state: GraphState) {
  const trpc = useTRPC();
  const out = state.view === "out";
  const ends = out ? { from: node, to: state.to ?? "" } : { from: state.to ?? "", to: node };
  const routes = useQuery(trpc.graph.routes.queryOptions(ends, { enabled: state.to !== null }));
  const found = state.to === null ? undefined : routes.data;
  const route = found?.routes[state.route] ?? found?.routes[0];
  const show = [...(route?.nodes ?? NO_KEYS), ...(state.to === null ? NO_KEYS : [state.to])];
  const question = { node, open: [...state.open], show };
  const radius = useQuery(trpc.graph.radius.queryOptions(question, { enabled: out, placeholderData: keepPreviousData }));
  const exposure = useQuery(trpc.graph.exposure.queryOptions(question, { enabled: !out, placeholderData: keepPreviousData }));
  return { show, radius, exposure, routes, found, route, current: out ? radius : exposure };
}

export type Answers = ReturnType<typeof useAnswers>;
