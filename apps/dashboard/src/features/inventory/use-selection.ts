"use client";

import { useMemo, useState } from "react";
import type { IdentityFilter, IdentityRow } from "@/api/views.ts";

export interface Selection {
  readonly chosen: ReadonlyMap<string, IdentityRow>;
  /** Everything that the filter matches, loaded or not. */
  readonly everything: boolean;
  readonly count: number;
  readonly toggle: (row: IdentityRow) => void;
  readonly selectEverything: () => void;
  readonly clear: () => void;
}

interface Chosen {
  readonly of: string;
  readonly rows: ReadonlyMap<string, IdentityRow>;
  readonly everything: boolean;
}

const NONE: ReadonlyMap<string, IdentityRow> = new Map();

/** What is chosen belongs to the filter it was chosen under: with another filter it would be out of sight. */
export function useSelection(filter: IdentityFilter, total: number): Selection {
  const of = JSON.stringify(filter);
  const [state, setState] = useState<Chosen>({ of, rows: NONE, everything: false });
  const { rows, everything } = state.of === of ? state : { rows: NONE, everything: false };
  return useMemo(
    () => ({
      chosen: rows,
      everything,
      count: everything ? total : rows.size,
      toggle: (row) => {
        const next = new Map(rows);
        if (!next.delete(row.id)) next.set(row.id, row);
        setState({ of, rows: next, everything: false });
      },
      selectEverything: () => setState({ of, rows: NONE, everything: true }),
      clear: () => setState({ of, rows: NONE, everything: false }),
    }),
    [of, rows, everything, total],
  );
}
