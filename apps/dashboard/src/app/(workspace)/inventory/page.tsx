import type { Metadata } from "next";
import { Suspense } from "react";
import { InventoryPage } from "@/features/inventory/inventory-page.tsx";

export const metadata: Metadata = { title: "Inventory" };

export default function Route() {
  return (
    <Suspense>
      <InventoryPage />
    </Suspense>
  );
}
