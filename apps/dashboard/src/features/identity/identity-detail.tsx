"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import type { Identity } from "@/api/views.ts";
import { QueryFailure } from "@/ui/query-page.tsx";
import { Skeleton } from "@/ui/states.tsx";
import { TabPanel, Tabs, type TabItem } from "@/ui/tabs.tsx";
import { AccessTab } from "./access-tab.tsx";
import { CredentialsTab } from "./credentials-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { IdentityHeader } from "./identity-header.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { UsageTab } from "./usage-tab.tsx";
import { WorkTab } from "./work-tab.tsx";

export const IDENTITY_TABS = ["overview", "access", "credentials", "work", "usage", "history"] as const;
export type IdentityTab = (typeof IDENTITY_TABS)[number];

function tabItems(identity: Identity): readonly TabItem<IdentityTab>[] {
  return [
    { id: "overview", label: "Overview" },
    { id: "access", label: "Access" },
    { id: "credentials", label: "Credentials", count: identity.credentials.length },
    { id: "work", label: "Findings and tasks", count: identity.openFindings },
    { id: "usage", label: "Usage" },
    { id: "history", label: "History" },
  ];
}

function DetailSkeleton() {
  return (
    <div role="status" aria-label="Loading the identity" className="flex flex-col gap-3">
      <Skeleton className="h-4 w-64" />
      <Skeleton className="h-7 w-80 max-w-full" />
      <Skeleton className="h-4 w-96 max-w-full" />
      <Skeleton className="mt-2 h-14 w-full max-w-xl" />
      <Skeleton className="mt-3 h-9" />
      <Skeleton className="mt-3 h-96" />
    </div>
  );
}

interface IdentityDetailProps {
  readonly id: string;
  readonly tab: IdentityTab;
  readonly onTab: (tab: IdentityTab) => void;
  /** On a page of its own there is room for two columns. */
  readonly wide: boolean;
}

export function IdentityDetail({ id, tab, onTab, wide }: IdentityDetailProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.identities.get.queryOptions({ id }));
  if (query.isError) return <QueryFailure what="This identity" query={query} />;
  if (!query.data) return <DetailSkeleton />;
  const identity = query.data;
  return (
    <article>
      <IdentityHeader identity={identity} />
      <Tabs label="About this identity" items={tabItems(identity)} value={tab} onChange={onTab}>
        <TabPanel id="overview">
          <OverviewTab identity={identity} wide={wide} />
        </TabPanel>
        <TabPanel id="access">
          <AccessTab id={id} wide={wide} />
        </TabPanel>
        <TabPanel id="credentials">
          <CredentialsTab credentials={identity.credentials} identityId={id} />
        </TabPanel>
        <TabPanel id="work">
          <WorkTab identity={identity} />
        </TabPanel>
        <TabPanel id="usage">
          <UsageTab usage={identity.usage} />
        </TabPanel>
        <TabPanel id="history">
          <HistoryTab id={id} />
        </TabPanel>
      </Tabs>
    </article>
  );
}
