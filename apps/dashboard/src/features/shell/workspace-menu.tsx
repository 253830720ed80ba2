"use client";

import { ChevronsUpDown } from "lucide-react";
import type { Session } from "@/api/views.ts";
import { Menu, MenuRadioGroup } from "@/ui/menu.tsx";
import { word } from "@/ui/words.ts";

const YEAR_SECONDS = 31_536_000;

/** Everything on screen belongs to the workspace: the other one starts from its first page. */
function enter(workspaceId: string): void {
  document.cookie = `rollcall_workspace=${workspaceId}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  window.location.assign("/");
}

/** The name of the workspace; a choice where the person belongs to several. */
export function WorkspaceMenu({ session }: { session: Session }) {
  const { workspace, workspaces } = session;
  if (workspaces.length < 2) return <bdi className="truncate">{workspace.name}</bdi>;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="-mx-2 flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 hover:bg-hover hover:text-ink">
          <span className="sr-only">Workspace: </span>
          <bdi className="truncate">{workspace.name}</bdi>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" strokeWidth={1.75} />
        </button>
      }
    >
      <MenuRadioGroup
        label="Workspace"
        value={workspace.id}
        onChange={(id) => (id === workspace.id ? undefined : enter(id))}
        options={workspaces.map(({ id, name, role }) => ({ value: id, label: `${name}, as ${word(role).toLowerCase()}` }))}
      />
    </Menu>
  );
}
