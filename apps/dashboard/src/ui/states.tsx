import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { errorWords } from "./error-words.ts";

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
  /** Set where nothing else on the page names it. */
  readonly heading?: boolean;
}

/** The three kinds of nothing differ in what they say and offer: not connected, nothing found, filtered away. */
export function Empty({ title, children, action, className, heading = false }: EmptyProps) {
  const Title = heading ? "h1" : "p";
  return (
    <div className={cx("flex flex-col items-start gap-2 px-4 py-10", className)}>
      <Title className="text-lg font-medium">{title}</Title>
      {children ? <div className="measure text-ink-2">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}

export function FilteredAway({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <Empty title={`No ${what} match these filters`} action={<Button onClick={onClear}>Clear filters</Button>}>
      There are others behind the filters.
    </Empty>
  );
}

export function Failure({ what, error, onRetry, className }: { what: string; error: unknown; onRetry?: () => void; className?: string }) {
  return (
    <div role="alert" className={cx("flex flex-col items-start gap-2 border-l-2 border-critical px-4 py-3", className)}>
      <p className="font-medium">{what} could not be loaded</p>
      <p className="measure text-ink-2">{errorWords(error)}</p>
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}

/** Something is missing from what is shown; says what and how to get it. */
export function Partial({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={cx("flex items-start gap-3 rounded-md border border-line bg-sunken px-3 py-2 text-sm text-ink-2", className)}>
      <span aria-hidden className="hatch mt-1 h-3 w-4 shrink-0 rounded-[2px] border border-line-strong" />
      <div className="measure">{children}</div>
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("motion-breathe block rounded-sm bg-hover", className)} />;
}
