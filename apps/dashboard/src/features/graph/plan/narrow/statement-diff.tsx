import { cx } from "@/ui/cx.ts";
import { lineDiff } from "./line-diff.ts";

const LOOK = {
  same: "text-ink-2",
  gone: "bg-critical-soft text-ink",
  new: "bg-good-soft text-ink",
} as const;
const MARK = { same: " ", gone: "-", new: "+" } as const;
const SAID = { same: "", gone: "goes: ", new: "comes: " } as const;

/** The statement before and after in one text; what goes is struck out. */
export function StatementDiff({ before, after }: { before: string; after: string }) {
  return (
    <pre
      tabIndex={0}
      aria-label="The statement before and after"
      className="max-h-64 overflow-auto rounded-md border border-line bg-sunken py-2 font-mono text-xs leading-5"
    >
      {lineDiff(before, after).map((line, index) => (
        <span key={index} className={cx("block px-3 break-words whitespace-pre-wrap", LOOK[line.kind])}>
          <span aria-hidden className="mr-2 select-none">
            {MARK[line.kind]}
          </span>
          <span className="sr-only">{SAID[line.kind]}</span>
          {/^\s*/.exec(line.text)?.[0]}
          <span className={line.kind === "gone" ? "line-through decoration-critical" : undefined}>{line.text.trimStart()}</span>
        </span>
      ))}
    </pre>
  );
}
