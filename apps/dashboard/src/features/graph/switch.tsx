import type { LucideIcon } from "lucide-react";
import { cx } from "@/ui/cx.ts";

interface SwitchProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: LucideIcon }[];
}

/** A few alternatives side by side, one of them chosen. */
export function Switch<T extends string>({ label, value: chosen, onChange, options }: SwitchProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex w-fit divide-x divide-line-strong rounded-md border border-line-strong bg-raised">
      {options.map(({ value, label: text, icon: Icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChange(value)}
          className={cx(
            "flex h-8 items-center gap-2 px-3 text-sm first:rounded-l-md last:rounded-r-md",
            value === chosen ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover",
          )}
        >
          {Icon ? <Icon aria-hidden className="size-4" strokeWidth={1.75} /> : null}
          {text}
        </button>
      ))}
    </div>
  );
}
