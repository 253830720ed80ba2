import { CopyButton } from "@/ui/copy-button.tsx";

/** A secret in the only moment in which it can be seen. */
export function ShownOnce({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div role="status" className="rounded-md border border-accent/40 bg-accent-soft p-3">
      <p className="text-sm font-medium">{label}, shown only now</p>
      <div className="mt-1 flex items-center gap-2">
        <code className="min-w-0 font-mono text-xs break-all">{value}</code>
        <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
      </div>
      <p className="mt-1 text-sm text-ink-2">{note}</p>
    </div>
  );
}
