"use client";

import { usePathname } from "next/navigation";
import { cx } from "@/ui/cx.ts";
import { Link } from "@/ui/link.tsx";
import { isCurrent } from "./destinations.ts";
import { useDestinations } from "./use-destinations.ts";
import { useSession } from "./use-session.ts";

/** `short`: on a phone the mark stands for the name, so that the workspace has room beside it. */
export function Wordmark({ short = false }: { short?: boolean }) {
  return (
    <span className="flex items-center gap-2.5 text-lg font-semibold tracking-[-0.02em]">
      <svg viewBox="0 0 20 20" aria-hidden className="size-5 text-accent">
        <g stroke="currentColor" strokeWidth="2.2" strokeLinecap="round">
          <path d="M2 4.5h9" />
          <path d="M2 10h16" />
          <path d="M2 15.5h6" />
        </g>
        <circle cx="16.6" cy="4.5" r="1.7" fill="currentColor" />
      </svg>
      <span className={short ? "max-sm:sr-only" : undefined}>Rollcall</span>
    </span>
  );
}

export function Sidebar() {
  const pathname = usePathname();
  const session = useSession();
  const destinations = useDestinations();
  return (
    <aside data-print="hide" className="sticky top-0 flex h-dvh w-[220px] shrink-0 flex-col border-r border-line bg-sunken max-md:hidden">
      <Link href="/" className="flex h-12 items-center px-5">
        <Wordmark />
      </Link>
      <nav aria-label="Main" className="mt-2 flex flex-col gap-0.5 px-3">
        {destinations.map(({ href, label, icon: Icon }) => {
          const current = isCurrent(href, pathname);
          return (
            <Link
              key={href}
              href={href}
              aria-current={current ? "page" : undefined}
              className={cx(
                "flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-ink-2 transition-colors duration-120 hover:bg-hover hover:text-ink",
                current && "bg-raised font-medium text-ink shadow-[0_0_0_1px_var(--line)] hover:bg-raised",
              )}
            >
              <Icon aria-hidden className={cx("size-4", current ? "text-accent" : "text-ink-3")} strokeWidth={1.75} />
              {label}
            </Link>
          );
        })}
      </nav>
      <div className="mt-auto px-5 py-4 text-xs text-ink-3">
        {session ? (
          <>
            <p className="truncate text-sm text-ink-2" title={session.user.email ?? undefined}>
              <bdi>{session.user.name || session.user.email}</bdi>
            </p>
            <p className="truncate" title={session.limitedTo?.join(", ")}>
              <span className="capitalize">{session.role}</span>
              {session.limitedTo ? `, for ${session.limitedTo.join(", ") || "no team yet"}` : ""}
            </p>
          </>
        ) : null}
      </div>
    </aside>
  );
}
