"use client";

import { LogOut, MonitorSmartphone, Search, User } from "lucide-react";
import { useRouter } from "next/navigation";
import { IconButton } from "@/ui/button.tsx";
import { Link } from "@/ui/link.tsx";
import { Menu, MenuItem } from "@/ui/menu.tsx";
import { useModKey } from "@/ui/mod-key.tsx";
import { DemoTag, Kbd } from "@/ui/tag.tsx";
import { Wordmark } from "./sidebar.tsx";
import { signOut } from "./sign-out.ts";
import { ThemeMenu } from "./theme-menu.tsx";
import { useSession } from "./use-session.ts";
import { WorkspaceMenu } from "./workspace-menu.tsx";

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const mod = useModKey();
  const session = useSession();
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b border-line bg-paper/95 px-4 backdrop-blur-sm sm:px-8"
    >
      <Link href="/" aria-label="Rollcall" className="md:hidden">
        <Wordmark short />
      </Link>
      <div className="flex min-w-0 items-center gap-2 text-ink-2">
        {session ? <WorkspaceMenu session={session} /> : null}
        {session?.demo ? (
          <Link href="/sources" title="This workspace holds the demo organisation. Remove it on the Sources page.">
            <DemoTag />
          </Link>
        ) : null}
      </div>
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <button
          type="button"
          onClick={onSearch}
          aria-keyshortcuts="Meta+K Control+K"
          className="mr-1 flex h-8 items-center gap-2 rounded-md border border-line-strong bg-raised px-2.5 text-sm text-ink-3 hover:bg-hover md:w-56"
        >
          <Search aria-hidden className="size-3.5" strokeWidth={1.75} />
          <span className="max-md:sr-only">Search or go to</span>
          <span aria-hidden className="ml-auto max-md:hidden">
            <Kbd>{mod === "Ctrl" ? "Ctrl K" : `${mod}K`}</Kbd>
          </span>
        </button>
        <ThemeMenu />
        <AccountMenu email={session?.user.email ?? null} />
      </div>
    </header>
  );
}

function AccountMenu({ email }: { email: string | null }) {
  const router = useRouter();
  return (
    <Menu
      trigger={
        <IconButton label="Account">
          <User aria-hidden className="size-4" strokeWidth={1.75} />
        </IconButton>
      }
    >
      {email === null ? null : <p className="px-2 py-1.5 text-xs text-ink-3">{email}</p>}
      <MenuItem onSelect={() => router.push("/settings/sessions")}>
        <MonitorSmartphone aria-hidden className="size-4 text-ink-3" strokeWidth={1.75} />
        Your sessions
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden className="size-4 text-ink-3" strokeWidth={1.75} />
        Sign out
      </MenuItem>
    </Menu>
  );
}
