"use client";

import { useMemo, useState } from "react";

interface Identified {
  readonly id: string;
}

export interface Selection<T extends Identified> {
  readonly chosen: ReadonlyMap<string, T>;
  /** Everything that the filter matches, loaded or not. */
  readonly everything: boolean;
  readonly count: number;
  readonly toggle: (row: T) => void;
  readonly selectEverything: () => void;
  readonly clear: () => void;
}

interface Chosen<T> {
  readonly of: string;
  readonly rows: ReadonlyMap<string, T>;
  readonly everything: boolean;
}

const NONE = new Map<string, never>();

/** What is chosen belongs to the filter it was chosen under: with another filter it would be out of sight. */
export function useSelection<T extends Identified>(filter: object, total: number): Selection<T> {
  const of = JSON.stringify(filter);
  const [state, setState] = useState<Chosen<T>>({ of, rows: NONE, everything: false });
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
