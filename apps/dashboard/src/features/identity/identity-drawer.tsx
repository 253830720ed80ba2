"use client";

import { useState } from "react";
import { Drawer } from "@/ui/drawer.tsx";
import { IdentityDetail, type IdentityTab } from "./identity-detail.tsx";

/** The identity beside its list. The tab stays while moving from row to row, and stays out of the address. */
export function IdentityDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const [tab, setTab] = useState<IdentityTab>("overview");
  return (
    <Drawer open={id !== null} onClose={onClose} title="Identity" href={id ? `/identities/${id}?tab=${tab}` : undefined}>
      {id ? <IdentityDetail key={id} id={id} tab={tab} onTab={setTab} wide={false} /> : null}
    </Drawer>
  );
}
