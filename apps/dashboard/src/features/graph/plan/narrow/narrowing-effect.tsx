import type { UseQueryResult } from "@tanstack/react-query";
import type { WhatIf } from "@/api/views.ts";
import { Skeleton } from "@/ui/states.tsx";
import { errorWords } from "@/ui/error-words.ts";
import { Figures } from "../figures.tsx";

interface NarrowingEffectProps {
  readonly empty: boolean;
  readonly refusal: string | null;
  readonly effect: UseQueryResult<WhatIf, { readonly message: string }>;
}

/** Why it cannot be done, or what it would do together with the rest of the plan. The place is kept while that is computed. */
export function NarrowingEffect({ empty, refusal, effect }: NarrowingEffectProps) {
  return (
    <div aria-live="polite" className="min-h-28">
      {empty ? (
        <p className="text-sm text-ink-3">Nothing is taken out yet.</p>
      ) : refusal !== null ? (
        <p role="alert" className="text-sm text-critical">
          {refusal}.
        </p>
      ) : effect.isError ? (
        <p role="alert" className="text-sm text-critical">
          {errorWords(effect.error)}
        </p>
      ) : effect.data ? (
        <Figures answer={effect.data} />
      ) : (
        <Skeleton className="h-28" />
      )}
    </div>
  );
}
