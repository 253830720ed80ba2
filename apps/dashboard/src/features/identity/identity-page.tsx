"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "@/api/trpc.ts";
import { Page } from "@/ui/page.tsx";
import { Parent } from "@/ui/query-page.tsx";
import { usePageTitle } from "@/ui/use-page-title.ts";
import { IDENTITY_TABS, IdentityDetail } from "./identity-detail.tsx";

export function IdentityPage({ id }: { id: string }) {
  const [tab, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(IDENTITY_TABS).withDefault("overview").withOptions({ history: "replace" }),
  );
  const trpc = useTRPC();
  // The same question as the detail asks: answered once.
  usePageTitle(useQuery(trpc.identities.get.queryOptions({ id })).data?.name);
  return (
    <Page>
      <Parent href="/inventory" label="Inventory" />
      <IdentityDetail id={id} tab={tab} onTab={(next) => void setTab(next)} wide />
    </Page>
  );
}
