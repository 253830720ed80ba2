"use client";

import Link from "next/link";
import { Explorer } from "@/features/graph/explorer.tsx";
import { graphHref, useLocalGraphState } from "@/features/graph/graph-state.ts";

/** Reach and exposure of an identity where it is looked at; the picture's own address keeps what was opened. */
export function AccessTab({ id, wide }: { id: string; wide: boolean }) {
  const [state, setState] = useLocalGraphState();
  return (
    <div>
      <p className="mb-3 text-sm">
        <Link href={graphHref(id, state)} className="data-link text-accent">
          Open as a page of its own
        </Link>
      </p>
      <Explorer node={id} state={state} setState={setState} wide={wide} />
    </div>
  );
}
