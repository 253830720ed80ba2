"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Ellipsis } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { cx } from "@/ui/cx.ts";
import { Link } from "@/ui/link.tsx";
import { isCurrent } from "./destinations.ts";
import { useDestinations } from "./use-destinations.ts";

const shownCount = 4;
const SLOT = "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-ink-3";

/** The sidebar of a small screen: four places in reach of a thumb, the others one tap further. */
export function BottomBar() {
  const pathname = usePathname();
  const [open, setOpen] = useState(false);
  const destinations = useDestinations();
  return (
    <nav
      aria-label="Main"
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {destinations.slice(0, shownCount).map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent(href, pathname) ? "page" : undefined}
          className={cx(SLOT, isCurrent(href, pathname) && "font-medium text-accent")}
        >
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          {label}
        </Link>
      ))}
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger className={SLOT}>
          <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
          More
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Popup className="motion-pop fixed inset-x-0 bottom-0 z-50 rounded-t-lg bg-raised p-4 pb-8 shadow-pop outline-none">
            <Dialog.Title className="sr-only">More pages</Dialog.Title>
            {destinations.slice(shownCount).map(({ href, label, icon: Icon }) => (
              <Link
                key={href}
                href={href}
                onClick={() => setOpen(false)}
                className="flex h-12 items-center gap-3 rounded-md px-2 text-lg hover:bg-hover"
              >
                <Icon aria-hidden className="size-5 text-ink-3" strokeWidth={1.75} />
                {label}
              </Link>
            ))}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </nav>
  );
}
