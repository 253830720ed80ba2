"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isNotFound } from "@/api/is-not-found.ts";
import { Link } from "./link.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { Page } from "./page.tsx";
import { Failure, Skeleton } from "./states.tsx";

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isError: boolean;
  readonly refetch: () => unknown;
}

interface QueryPageProps<T> {
  /** "This rule": the subject of the sentence that says it could not be loaded. */
  readonly what: string;
  readonly query: Answer<T>;
  /** The list that it stands in. */
  readonly parent: { readonly href: string; readonly label: string };
  readonly className?: string;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** A page about one thing: the way up, then the thing, or that it is on its way, not there, or could not be loaded. */
export function QueryPage<T>({ what, query, parent, className, skeleton, children }: QueryPageProps<T>) {
  return (
    <Page className={className}>
      <Parent {...parent} />
      {query.isError ? (
        <QueryFailure what={what} query={query} />
      ) : query.data === undefined ? (
        (skeleton ?? <Skeleton className="h-96" />)
      ) : (
        children(query.data)
      )}
    </Page>
  );
}

export function Parent({ href, label }: QueryPageProps<unknown>["parent"]) {
  return (
    <p className="mb-3 text-sm" data-print="hide">
      <Link href={href} className="data-link text-ink-3">
        {label}
      </Link>
    </p>
  );
}

/** Says that it is not there, or what went wrong and how to try again. */
export function QueryFailure({ what, query }: { what: string; query: Pick<Answer<unknown>, "error" | "refetch"> }) {
  const path = usePathname();
  if (isNotFound(query.error)) return <NothingHere path={path} />;
  return <Failure what={what} error={query.error} onRetry={() => void query.refetch()} />;
}
