import type { Metadata } from "next";
import { Suspense } from "react";
import { CredentialsPage } from "@/features/credentials/credentials-page.tsx";

export const metadata: Metadata = { title: "Credentials" };

export default function Route() {
  return (
    <Suspense>
      <CredentialsPage />
    </Suspense>
  );
}
