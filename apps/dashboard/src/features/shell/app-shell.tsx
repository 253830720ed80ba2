"use client";

import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { BottomBar } from "./bottom-bar.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { DESTINATIONS } from "./destinations.ts";
import { DiskNotice } from "./disk-notice.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { ShortcutsSheet } from "./shortcuts-sheet.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TroubleNotice } from "./trouble-notice.tsx";
import { TopBar } from "./top-bar.tsx";
import { WithinReach } from "./within-reach.tsx";

export function AppShell({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);

  useHotkeys("mod+k", () => setPaletteOpen((open) => !open), { preventDefault: true, enableOnFormTags: true });
  useHotkeys("?", () => setHelpOpen(true), { useKey: true });
  useHotkeys(
    DESTINATIONS.map(({ key }) => `g>${key}`),
    (_event, { keys }) => {
      const destination = DESTINATIONS.find(({ key }) => key === keys?.at(-1));
      if (destination) router.push(destination.href);
    },
  );

  return (
    <div className="flex min-h-dvh" data-print="flow">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <Sidebar />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar onSearch={() => setPaletteOpen(true)} />
        <DiskNotice />
        <TroubleNotice />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <WithinReach>{children}</WithinReach>
        </main>
      </div>
      <BottomBar />
      <OfflineNotice />
      <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} onHelp={() => setHelpOpen(true)} />
      <ShortcutsSheet open={helpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}
