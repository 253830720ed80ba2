import type { Metadata } from "next";
import { Suspense } from "react";
import { ChokePointsPage } from "@/features/graph/board/choke-points-page.tsx";

export const metadata: Metadata = { title: "Choke points" };

export default function Route() {
  return (
    <Suspense>
      <ChokePointsPage />
    </Suspense>
  );
}
