"use client";

import { Bookmark } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";
import { Button, IconButton } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { TextField } from "@/ui/field.tsx";
import { Menu, MenuItem } from "@/ui/menu.tsx";
import type { useSavedViews } from "./use-saved-views.ts";

type Saved = ReturnType<typeof useSavedViews>;

function SaveDialog({ saved, onClose }: { saved: Saved; onClose: () => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (!name) return;
    saved.save(name);
    toast(`Saved as ${name}`);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save this view"
      note="Filters, search and order, under a name. For now it is kept in this browser only; its link shows the same to everybody in the workspace."
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <TextField label="Name of the view" name="name" required maxLength={60} />
        <div className="flex gap-2">
          <Button type="submit" tone="primary">
            Save
          </Button>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    toast("Link copied");
  } catch {
    toast.error("The browser did not allow copying. Copy the address of this page instead.");
  }
}

export function ViewMenu({ saved }: { saved: Saved }) {
  const [naming, setNaming] = useState(false);
  const { active } = saved;
  return (
    <>
      <Menu
        trigger={
          <IconButton label="Saved views" className="size-7">
            <Bookmark aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
        }
      >
        {active === null ? <MenuItem onSelect={() => setNaming(true)}>Save this view</MenuItem> : null}
        <MenuItem onSelect={() => void copyLink(saved.link())}>Copy the link to it</MenuItem>
        {active === null ? null : <MenuItem onSelect={() => saved.remove(active.name)}>Forget {active.name}</MenuItem>}
      </Menu>
      {naming ? <SaveDialog saved={saved} onClose={() => setNaming(false)} /> : null}
    </>
  );
}
