"use client";

import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Page } from "@/ui/page.tsx";
import { IDENTITY_TABS, IdentityDetail } from "./identity-detail.tsx";

export function IdentityPage({ id }: { id: string }) {
  const [tab, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(IDENTITY_TABS).withDefault("overview").withOptions({ history: "replace" }),
  );
  return (
    <Page>
      <p className="mb-3 text-sm">
        <Link href="/inventory" className="data-link text-ink-3">
          Inventory
        </Link>
      </p>
      <IdentityDetail id={id} tab={tab} onTab={(next) => void setTab(next)} wide />
    </Page>
  );
}
