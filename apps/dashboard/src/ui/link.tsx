"use client";

import NextLink from "next/link";
import { useRouter } from "next/navigation";
import type { ComponentProps } from "react";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "href" | "prefetch"> & { readonly href: string };

/** Fetches a page when somebody points at the link or reaches it by keyboard, not because the link is in sight: a table holds hundreds. */
export function Link({ href, onPointerEnter, onFocus, ...rest }: LinkProps) {
  const router = useRouter();
  return (
    <NextLink
      href={href}
      prefetch={false}
      onPointerEnter={(event) => {
        router.prefetch(href);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        router.prefetch(href);
        onFocus?.(event);
      }}
      {...rest}
    />
  );
}
