import type { Metadata } from "next";
import { Suspense } from "react";
import { assertFound } from "@/api/assert-found.ts";
import { IdentityPage } from "@/features/identity/identity-page.tsx";

export const metadata: Metadata = { title: "Identity" };

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await assertFound("identities.get", { id });
  return (
    <Suspense>
      <IdentityPage id={id} />
    </Suspense>
  );
}
