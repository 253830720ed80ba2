import type { Metadata } from "next";
import { AddSourcePage } from "@/features/sources/add-source-page.tsx";

export const metadata: Metadata = { title: "Bring an export" };

export default function Route() {
  return <AddSourcePage />;
}
