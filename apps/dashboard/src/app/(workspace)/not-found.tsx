"use client";

import { usePathname } from "next/navigation";
import { NothingHere } from "@/ui/nothing-here.tsx";
import { Page } from "@/ui/page.tsx";

export default function NotFoundInWorkspace() {
  return (
    <Page>
      <h1 className="sr-only">Not found</h1>
      <NothingHere path={usePathname()} />
    </Page>
  );
}
