"use client";

import { useMay, useSession } from "@/features/shell/use-session.ts";
import { Page, PageTitle } from "@/ui/page.tsx";
import { Skeleton } from "@/ui/states.tsx";
import { ApiKeysSection } from "./api-keys-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { AuditSection } from "./audit-section.tsx";
import { FederationsSection } from "./federations-section.tsx";
import { MembersSection } from "./members-section.tsx";
import { PasskeysSection } from "./passkeys-section.tsx";
import { PasswordSection } from "./password-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { ServiceUsersSection } from "./service-users-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { TeamsSection } from "./teams-section.tsx";
import { WorkspaceSection } from "./workspace-section.tsx";

export function SettingsPage() {
  const session = useSession();
  const may = useMay();
  return (
    <Page className="mx-0 max-w-4xl">
      <PageTitle title="Settings" />
      {session ? (
        <div className="flex flex-col gap-10">
          <WorkspaceSection key={session.workspace.id} session={session} mayRename={may.administer} />
          <AppearanceSection />
          {session.role === "owner" || session.limitedTo !== null ? null : (
            <>
              <MembersSection viewerId={session.user.id} mayAdminister={may.administer} />
              <TeamsSection mayAdminister={may.administer} />
            </>
          )}
          {may.administer ? (
            <>
              <ServiceUsersSection />
              <ApiKeysSection />
              <FederationsSection />
            </>
          ) : null}
          {session.role === "admin" || (session.role === "auditor" && session.limitedTo === null) ? <AuditSection /> : null}
          <PasswordSection />
          <SecondFactorSection enabled={session.user.secondFactor} />
          <PasskeysSection />
          <SessionsSection />
        </div>
      ) : (
        <Skeleton className="h-96" />
      )}
    </Page>
  );
}
