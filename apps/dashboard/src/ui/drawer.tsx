"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Maximize2, X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { Link } from "./link.tsx";

interface DrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Where the same thing stands as a page of its own. */
  readonly href?: string;
  readonly children: ReactNode;
}

/** Detail beside the list. The list stays usable: moving through it changes what the drawer shows. */
export function Drawer({ open, onClose, title, href, children }: DrawerProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())} modal={false} disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          data-print="flow"
          className="motion-drawer fixed inset-y-0 right-0 z-40 flex w-full flex-col bg-paper shadow-drawer outline-none sm:w-[640px] sm:max-w-[92vw]"
        >
          <div className="flex h-12 shrink-0 items-center justify-between gap-2 border-b border-line pr-2 pl-6" data-print="hide">
            <Dialog.Title className="truncate text-sm text-ink-3">{title}</Dialog.Title>
            <div className="flex items-center gap-1">
              {href ? (
                <Link
                  href={href}
                  aria-label="Open as page"
                  title="Open as page"
                  className="inline-grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
                >
                  <Maximize2 className="size-4" strokeWidth={1.75} aria-hidden />
                </Link>
              ) : null}
              <Dialog.Close
                aria-label="Close"
                title="Close (Esc)"
                className="inline-grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
              >
                <X className="size-4" strokeWidth={1.75} aria-hidden />
              </Dialog.Close>
            </div>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-5 pb-10">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
