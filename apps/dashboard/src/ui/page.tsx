import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** The frame of a page that scrolls as a whole. */
export function Page({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cx("mx-auto w-full max-w-[1680px] px-4 pt-6 pb-24 sm:px-8 sm:pb-16", className)}>{children}</div>;
}

export function PageTitle({ title, note, children }: { title: ReactNode; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-[-0.01em]">{title}</h1>
        {note ? <p className="measure mt-1 text-ink-2">{note}</p> : null}
      </div>
      {children ? <div className="flex flex-wrap items-center gap-2">{children}</div> : null}
    </header>
  );
}

/** A part of a page: a title that is a sentence where it can be, a hairline, and what it announces. */
export function Section({
  title,
  aside,
  children,
  className,
  id,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
}) {
  return (
    <section id={id} className={cx("min-w-0", className)}>
      <div className="mb-3 flex min-h-7 flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line pb-2">
        <h2 className="text-base font-semibold">{title}</h2>
        {aside ? <div className="text-sm text-ink-3">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
