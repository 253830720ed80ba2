import { cx } from "@/ui/cx.ts";

interface PartListProps {
  readonly title: string;
  readonly parts: readonly string[];
  readonly removed: readonly string[];
  readonly onChange: (removed: readonly string[]) => void;
}

/** What a statement names, each with a box: what is unticked is taken out. */
export function PartList({ title, parts, removed, onChange }: PartListProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{title}</legend>
      <ul className="max-h-44 overflow-y-auto max-sm:max-h-80 rounded-md border border-line">
        {parts.map((part) => {
          const gone = removed.includes(part);
          return (
            <li key={part} className="border-b border-line last:border-b-0">
              <label className="flex min-h-8 cursor-pointer max-sm:min-h-11 max-sm:text-sm items-center gap-2 px-2.5 py-1 font-mono text-xs hover:bg-hover">
                <input
                  type="checkbox"
                  checked={!gone}
                  onChange={() => onChange(gone ? removed.filter((each) => each !== part) : [...removed, part])}
                  className="size-3.5 shrink-0 max-sm:size-5 accent-(--accent)"
                />
                <span className={cx("min-w-0 wrap-anywhere", gone && "text-ink-3 line-through")}>{part}</span>
              </label>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
