"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function Dialog({ open, onClose, title, note, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Base.Popup className="motion-pop fixed top-[12vh] left-1/2 z-50 max-h-[80vh] w-[calc(100vw-32px)] max-w-lg -translate-x-1/2 overflow-y-auto rounded-lg bg-raised p-6 shadow-pop outline-none">
          <Base.Title className="text-lg font-semibold">{title}</Base.Title>
          {note ? <Base.Description className="measure mt-1 text-sm text-ink-2">{note}</Base.Description> : null}
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
