import type { Metadata } from "next";
import { Suspense } from "react";
import { FindingsPage } from "@/features/findings/findings-page.tsx";

export const metadata: Metadata = { title: "Findings" };

export default function Route() {
  return (
    <Suspense>
      <FindingsPage />
    </Suspense>
  );
}
