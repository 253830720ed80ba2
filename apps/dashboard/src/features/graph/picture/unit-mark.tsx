import type { KeyboardEvent } from "react";
import { cx } from "@/ui/cx.ts";
import { formatCount } from "@/ui/format.ts";
import { unitNote, unitTitle } from "../nouns.ts";
import { Glyph } from "./glyph.tsx";
import { MARK_HEIGHT, type Box } from "./layout.ts";
import type { Mark } from "./marks.ts";

interface UnitMarkProps {
  readonly mark: Mark;
  readonly box: Box;
  /** Its share of the blast radius, 0-1. */
  readonly share: number;
  readonly state: "plain" | "chosen" | "onRoute" | "dimmed";
  readonly tabbable: boolean;
  readonly onChoose: () => void;
  readonly onMove: (event: KeyboardEvent) => void;
}

const CERTAINTY = { certain: "", some: ", some only if a condition holds", conditional: ", only if a condition holds" } as const;
const FATE = { kept: "", reduced: "", gone: ", out of reach with this plan", detour: ", reached another way with this plan" } as const;

/** What the eye sees in place, line and shape, said after the name. */
function spoken(mark: Mark): string {
  return `, step ${mark.hop}${mark.tierZero ? ", controls everything" : ""}${CERTAINTY[mark.certainty]}${FATE[mark.fate]}`;
}

/** One node, or a stack that stands for many. */
export function UnitMark({ mark, box, share, state, tabbable, onChoose, onMove }: UnitMarkProps) {
  const many = mark.node === null;
  const gone = mark.fate === "gone";
  const note =
    mark.fate === "reduced" ? `${formatCount(mark.before - mark.count)} of ${formatCount(mark.before)} out of reach` : unitNote(mark);
  return (
    <button
      type="button"
      data-unit={mark.id}
      data-fate={mark.fate}
      tabIndex={tabbable ? 0 : -1}
      aria-pressed={state === "chosen"}
      onClick={onChoose}
      onKeyDown={onMove}
      style={{ left: box.x, top: box.y, width: box.width, height: MARK_HEIGHT }}
      className={cx(
        "absolute flex items-center gap-2 rounded-md border bg-raised px-2.5 text-left transition-[opacity,border-color,background-color] duration-160 hover:bg-hover",
        mark.certainty === "conditional" ? "border-dashed border-control" : "border-line-strong",
        many && !gone && state !== "dimmed" && "shadow-stack",
        state === "chosen" && "border-accent bg-accent-soft hover:bg-accent-soft",
        state === "onRoute" && "border-accent",
        state === "dimmed" && "border-line text-ink-3 shadow-none",
        mark.fate === "detour" && "border-accent",
        gone && "border-dashed border-line-strong bg-transparent text-ink-3 shadow-none",
      )}
    >
      <Glyph kind={mark.kind} tierZero={mark.tierZero} />
      <span className="min-w-0 flex-1">
        <bdi className={cx("block truncate text-sm font-medium", gone && "line-through")} title={mark.node?.label ?? unitTitle(mark)}>
          {unitTitle(mark)}
        </bdi>
        <span className="block truncate text-xs text-ink-3" title={note}>
          {note}
        </span>
      </span>
      <span className="sr-only">{spoken(mark)}</span>
      {share > 0 && !gone ? (
        <span aria-hidden className="absolute inset-x-2.5 bottom-0.5 h-[3px] overflow-hidden rounded-full">
          <span
            className={cx("block h-full rounded-full", mark.tierZero ? "bg-critical" : "bg-ink-3")}
            style={{ width: `${Math.max(2, share * 100)}%` }}
          />
        </span>
      ) : null}
    </button>
  );
}
