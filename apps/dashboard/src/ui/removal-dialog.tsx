import { useRef } from "react";
import { ActionError } from "./action-error.tsx";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface RemovalDialogProps {
  readonly title: string;
  /** What goes, and what stays. */
  readonly note: string;
  readonly removal: { readonly error: { readonly message: string } | null; readonly isPending: boolean };
  /** What the button says, and what it says while it is done. */
  readonly verb?: readonly [idle: string, busy: string];
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** Asked before something is removed that no undo brings back. */
export function RemovalDialog({ title, note, removal, verb = ["Remove", "Removing"], onRemove, onClose }: RemovalDialogProps) {
  // Return pressed too early must not remove anything.
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open onClose={onClose} title={title} note={note} initialFocus={keep}>
      <ActionError error={removal.error} className="mb-3" />
      <div className="flex gap-2">
        <Button tone="danger" disabled={removal.isPending} onClick={onRemove}>
          {verb[removal.isPending ? 1 : 0]}
        </Button>
        <Button ref={keep} onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  );
}
