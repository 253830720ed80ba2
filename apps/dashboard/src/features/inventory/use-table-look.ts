"use client";

import { useMemo, useSyncExternalStore } from "react";
import { chosenColumns, hiddenColumns, type Density } from "@/ui/data-table/column.ts";
import { useRemembered } from "@/ui/use-remembered.ts";
import { IDENTITY_COLUMNS } from "./identity-columns.tsx";

const NOTHING_CHOSEN: Readonly<Record<string, boolean>> = {};

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

const useWindowWidth = (): number =>
  useSyncExternalStore(
    subscribe,
    () => window.innerWidth,
    () => 0,
  );

/** Columns and row height as this browser last had them. */
export function useTableLook() {
  const [chosen, setChosen] = useRemembered("inventory-columns", NOTHING_CHOSEN);
  const [density, setDensity] = useRemembered<Density>("density", "comfortable");
  const width = useWindowWidth();
  const hidden = useMemo(() => hiddenColumns(IDENTITY_COLUMNS, chosen, width), [chosen, width]);
  const setHidden = (next: Readonly<Record<string, boolean>>) => setChosen(chosenColumns(chosen, hidden, next));
  return { hidden, setHidden, density, setDensity };
}
