"use client";

import { Dialog } from "@/ui/dialog.tsx";
import { useModKey } from "@/ui/mod-key.tsx";
import { Kbd } from "@/ui/tag.tsx";
import { DESTINATIONS } from "./destinations.ts";

type Shortcut = readonly [keys: readonly string[], what: string];

const LISTS: readonly Shortcut[] = [
  [["J", "\u2193"], "Next row"],
  [["K", "\u2191"], "Previous row"],
  [["Enter"], "Open the row"],
  [["X"], "Select the row or task"],
  [["/"], "Search in the list"],
  [["Esc"], "Close, or clear the selection"],
];

const TASKS: readonly Shortcut[] = [
  [["1"], "Claim"],
  [["A"], "Assign to a person"],
  [["S"], "Start"],
  [["V"], "Submit for verification"],
  [["H"], "Snooze"],
  [["E"], "Ask for an exception"],
  [["F"], "Mark as false positive"],
  [["C"], "Comment"],
];

const ANYWHERE: readonly Shortcut[] = [
  [["?"], "This sheet"],
  ...DESTINATIONS.map(({ key, label }): Shortcut => [["G", key.toUpperCase()], `Go to ${label}`]),
];

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-medium text-ink-3">{title}</h3>
      <dl className="flex flex-col gap-1.5">
        {shortcuts.map(([keys, what]) => (
          <div key={what} className="flex items-center justify-between gap-4 text-sm">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function ShortcutsSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const mod = useModKey();
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" note="They are off while you type in a field.">
      <div className="grid grid-cols-1 gap-6 sm:grid-cols-2">
        <Group title="Anywhere" shortcuts={[[[mod, "K"], "Search or go to"], ...ANYWHERE]} />
        <div className="flex flex-col gap-6">
          <Group title="In a list" shortcuts={LISTS} />
          <Group title="In my tasks" shortcuts={TASKS} />
        </div>
      </div>
    </Dialog>
  );
}
