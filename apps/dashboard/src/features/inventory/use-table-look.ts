"use client";

import type { Density } from "@/ui/data-table/column.ts";
import { useRemembered } from "@/ui/use-remembered.ts";
import { HIDDEN_AT_FIRST } from "./identity-columns.tsx";

/** Columns and row height as this browser last had them. */
export function useTableLook() {
  const [hidden, setHidden] = useRemembered("inventory-columns", HIDDEN_AT_FIRST);
  const [density, setDensity] = useRemembered<Density>("density", "comfortable");
  return { hidden, setHidden, density, setDensity };
}
