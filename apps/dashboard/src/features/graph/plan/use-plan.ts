"use client";

import { useCallback, useMemo, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { PlanChange } from "@/api/views.ts";
import { useSession } from "@/features/shell/use-session.ts";
import type { GraphState, SetGraphState } from "../graph-state.ts";
import { planOf, planText, sameChange, toggled } from "./plan-text.ts";

export interface Plan {
  /** False for those who may look and not simulate. */
  readonly allowed: boolean;
  readonly changes: readonly PlanChange[];
  readonly has: (changes: readonly PlanChange[]) => boolean;
  readonly toggle: (changes: readonly PlanChange[]) => void;
  /** The plan becomes these steps; one step to undo. */
  readonly replace: (changes: readonly PlanChange[]) => void;
  readonly removeAt: (index: number) => void;
  readonly clear: () => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

/** A plan of several steps with undo and redo; the address holds it, so that it can be sent to somebody. */
export function usePlan(state: GraphState, setState: SetGraphState): Plan {
  const session = useSession();
  const changes = useMemo(() => planOf(state.plan), [state.plan]);
  const [past, setPast] = useState<readonly string[]>([]);
  const [future, setFuture] = useState<readonly string[]>([]);
  const become = useCallback(
    (next: readonly PlanChange[]) => {
      setPast((known) => [...known, state.plan]);
      setFuture([]);
      setState({ plan: planText(next), view: "out" });
    },
    [state.plan, setState],
  );
  const undo = () => {
    const last = past.at(-1);
    if (last === undefined) return;
    setPast(past.slice(0, -1));
    setFuture([state.plan, ...future]);
    setState({ plan: last });
  };
  const redo = () => {
    const next = future[0];
    if (next === undefined) return;
    setFuture(future.slice(1));
    setPast([...past, state.plan]);
    setState({ plan: next });
  };
  useHotkeys("mod+z", undo, { preventDefault: true, enabled: past.length > 0 }, [undo]);
  useHotkeys("mod+shift+z", redo, { preventDefault: true, enabled: future.length > 0 }, [redo]);
  return {
    allowed: session?.limitedTo === null && (session.role === "admin" || session.role === "analyst"),
    changes,
    has: (wanted) => wanted.length > 0 && wanted.every((change) => changes.some((step) => sameChange(step, change))),
    toggle: (wanted) => become(toggled(changes, wanted)),
    replace: become,
    removeAt: (index) => become(changes.filter((_, each) => each !== index)),
    clear: () => become([]),
    undo: past.length > 0 ? undo : null,
    redo: future.length > 0 ? redo : null,
  };
}
