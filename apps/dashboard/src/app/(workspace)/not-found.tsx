"use client";

import { usePathname } from "next/navigation";
import { NothingHere } from "@/ui/nothing-here.tsx";
import { Page } from "@/ui/page.tsx";

export default function NotFoundInWorkspace() {
  return (
    <Page>
      <NothingHere path={usePathname()} heading />
    </Page>
  );
}
