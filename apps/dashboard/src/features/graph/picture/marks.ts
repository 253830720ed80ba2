import type { Picture, PictureLink, PictureUnit } from "@/api/views.ts";

/** What a plan does to a mark or a link: it stays, shrinks, goes, or is reached another way. */
export type Fate = "kept" | "reduced" | "gone" | "detour";

export interface Mark extends PictureUnit {
  readonly fate: Fate;
  /** How many were there before the plan. */
  readonly before: number;
}
export interface Arrow extends PictureLink {
  readonly key: string;
  readonly fate: Fate;
}
export interface Drawing {
  readonly direction: Picture["direction"];
  readonly marks: readonly Mark[];
  readonly arrows: readonly Arrow[];
}

const linkKey = (link: PictureLink): string => `${link.from}\n${link.to}`;

/** One picture, or two on top of each other: what the plan takes away stays in its place and fades. */
export function drawingOf(before: Picture, after: Picture | null): Drawing {
  if (after === null) {
    return {
      direction: before.direction,
      marks: before.units.map((unit) => ({ ...unit, fate: "kept", before: unit.count })),
      arrows: before.links.map((link) => ({ ...link, key: linkKey(link), fate: "kept" })),
    };
  }
  const now = new Map(after.units.map((unit) => [unit.id, unit]));
  const then = new Map(before.units.map((unit) => [unit.id, unit]));
  const linksNow = new Map(after.links.map((link) => [linkKey(link), link]));
  const linksThen = new Set(before.links.map(linkKey));
  return {
    direction: before.direction,
    marks: [
      ...before.units.map((unit): Mark => {
        const left = now.get(unit.id);
        if (left === undefined) return { ...unit, fate: "gone", before: unit.count };
        return { ...left, fate: left.count < unit.count ? "reduced" : "kept", before: unit.count };
      }),
      ...after.units.filter((unit) => !then.has(unit.id)).map((unit): Mark => ({ ...unit, fate: "detour", before: 0 })),
    ],
    arrows: [
      ...before.links.map((link): Arrow => {
        const left = linksNow.get(linkKey(link));
        if (left === undefined) return { ...link, key: linkKey(link), fate: "gone" };
        return { ...left, key: linkKey(link), fate: left.count < link.count ? "reduced" : "kept" };
      }),
      ...after.links
        .filter((link) => !linksThen.has(linkKey(link)))
        .map((link): Arrow => ({ ...link, key: linkKey(link), fate: "detour" })),
    ],
  };
}
