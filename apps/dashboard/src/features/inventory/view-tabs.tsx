"use client";

import { useRouter } from "next/navigation";
import { Tabs } from "@/ui/tabs.tsx";
import { FURTHER_LENSES, LENSES, type Lens } from "./lenses.ts";
import { ViewMenu } from "./view-menu.tsx";
import { useSavedViews } from "./use-saved-views.ts";

/** Distinguishes a saved view from a lens of the same word. */
const SAVED = "view:";

export function ViewTabs({ lens, onLens }: { lens: readonly Lens[]; onLens: (lens: Lens[] | null) => void }) {
  const router = useRouter();
  const saved = useSavedViews();
  const lenses = [...LENSES, ...FURTHER_LENSES.filter((further) => lens.includes(further.id))];
  const choose = (id: string) => {
    const view = saved.views.find(({ name }) => SAVED + name === id);
    if (view) return router.push(`/inventory?${view.query}`, { scroll: false });
    // A saved view brought its own filters; leaving it leaves them behind.
    if (saved.active) return router.push(id === "all" ? "/inventory" : `/inventory?lens=${id}`, { scroll: false });
    return onLens(id === "all" ? null : [id as Lens]);
  };
  return (
    <div className="flex items-end">
      <Tabs
        label="Views"
        className="min-w-0 px-4 sm:px-8"
        frame="min-w-0 flex-1"
        value={saved.active ? SAVED + saved.active.name : (lens[0] ?? "all")}
        onChange={choose}
        items={[{ id: "all", label: "All" }, ...saved.views.map(({ name }) => ({ id: SAVED + name, label: name })), ...lenses]}
      />
      <div className="flex h-9 shrink-0 items-center border-b border-line pr-4 sm:pr-8" data-print="hide">
        <ViewMenu saved={saved} />
      </div>
    </div>
  );
}
