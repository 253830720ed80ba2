"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { cx } from "./cx.ts";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly note?: ReactNode;
  /** For forms with lists beside one another; on a phone it takes the whole screen. */
  readonly wide?: boolean;
  /**
   * What has the focus first; otherwise the first field. No field may ask for it by `autoFocus`: it would have it before the dialog has seen
   * where to give it back to.
   */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

export function Dialog({ open, onClose, title, note, wide = false, initialFocus, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Base.Popup
          initialFocus={initialFocus}
          className={cx(
            "motion-pop fixed left-1/2 z-50 w-[calc(100vw-32px)] -translate-x-1/2 overflow-y-auto rounded-lg bg-raised p-6 shadow-pop outline-none max-sm:p-4",
            wide
              ? "top-[5vh] max-h-[90vh] max-w-2xl max-sm:top-0 max-sm:h-dvh max-sm:max-h-none max-sm:w-full max-sm:rounded-none"
              : "top-[12vh] max-h-[80vh] max-w-lg",
          )}
        >
          <Base.Title className="text-lg font-semibold">{title}</Base.Title>
          {note ? <Base.Description className="measure mt-1 text-sm text-ink-2">{note}</Base.Description> : null}
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
