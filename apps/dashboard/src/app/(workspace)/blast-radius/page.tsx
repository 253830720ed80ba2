import type { Metadata } from "next";
import { Suspense } from "react";
import { BlastRadiusPage } from "@/features/graph/blast-radius-page.tsx";

export const metadata: Metadata = { title: "Blast radius" };

export default function Route() {
  return (
    <Suspense>
      <BlastRadiusPage />
    </Suspense>
  );
}
