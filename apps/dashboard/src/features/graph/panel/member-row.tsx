import type { ReachedNode } from "@/api/views.ts";
import { cx } from "@/ui/cx.ts";
import { plural } from "@/ui/format.ts";
import { word } from "@/ui/words.ts";
import { nodeNoun } from "../nouns.ts";
import { Glyph } from "../picture/glyph.tsx";

export const LEVEL_WORDS = { read: "can read", write: "can change", admin: "full control" } as const;

interface MemberRowProps {
  readonly node: ReachedNode;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** One reached node in a narrow list: name, then what, where, how far. */
export function MemberRow({ node, chosen, onChoose }: MemberRowProps) {
  const parts = [
    nodeNoun(node),
    node.environment === null ? null : word(node.environment).toLowerCase(),
    node.level === null ? null : LEVEL_WORDS[node.level],
    plural(node.hop, "step"),
    node.conditional ? "if a condition holds" : null,
  ];
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cx(
        "flex h-full w-full items-center gap-2.5 border-b border-line px-2 text-left hover:bg-hover focus-visible:-outline-offset-2",
        chosen && "bg-accent-soft",
      )}
    >
      <Glyph kind={node.kind} tierZero={node.tierZero} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-sm font-medium" title={node.label}>
          {node.label}
        </bdi>
        <span className="block truncate text-xs text-ink-3">{parts.filter((part) => part !== null).join(", ")}</span>
      </span>
      {node.weight > 0 ? (
        <span className="text-xs text-ink-3" title={node.weightReason ?? undefined}>
          {node.weight}
        </span>
      ) : null}
    </button>
  );
}
